"""How a device is known to have answered: a signed mark for one page alone, which knows nothing but that."""

from datetime import timedelta

ANSWERED = "answered"  # the cookie's name and its only value


def has_answered(request, code):
    return request.get_signed_cookie(ANSWERED, default="", salt=code) == ANSWERED


def remember_answer(request, response, code, *, last_day, today):
    """Keep the mark on this device until the questions close."""
    response.set_signed_cookie(
        ANSWERED,
        ANSWERED,
        salt=code,
        max_age=timedelta(days=(last_day - today).days + 1),
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
