"""Who reads a page, or the documents of a collection, as one choice where Wagtail has a list of groups."""

from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from cms.enums import Access, ReaderGroup

READERS = {
    Access.MENTORS: (ReaderGroup.STAFF, ReaderGroup.MENTORS),
    Access.STAFF: (ReaderGroup.STAFF,),
    Access.CENTRE: (ReaderGroup.CENTRE,),
}


def restrictions_on(place):
    """What restricts a page, in whichever language, or a collection itself, without what it stands under."""
    if isinstance(place, Page):
        return PageViewRestriction.objects.filter(page__translation_key=place.translation_key).order_by("pk")
    return CollectionViewRestriction.objects.filter(collection_id=place.pk)


def access_to(place):
    """Who reads a place: the fewest that it, and all it stands under, let in."""
    return _fewest(place.get_view_restrictions())


def access_above(place):
    """Who reads what a place stands under, and the nearest above it that decides; nobody decides for everyone."""
    for ancestor in place.get_ancestors().order_by("-depth"):
        if restrictions_on(ancestor).exists():
            return access_to(ancestor), ancestor
    return Access.PUBLIC, None


def own_access(place):
    """What is chosen for the place itself; `PUBLIC` where nothing is, and it follows what it stands under."""
    return _fewest(restrictions_on(place))


def _fewest(restrictions):
    each = [_access_by(restriction) for restriction in restrictions]
    return max(each, key=list(Access).index, default=Access.PUBLIC)


def _access_by(restriction):
    """A group that is none of the readers' lets in fewer than any of them."""
    names = {group.name for group in restriction.groups.all()}
    if ReaderGroup.MENTORS in names:
        return Access.MENTORS
    return Access.STAFF if ReaderGroup.STAFF in names else Access.CENTRE
