"""The bare view: the least that Django can answer, and what every page is compared with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def bare(request):
    return HttpResponse("bare")
