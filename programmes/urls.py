"""Where the signed-in person's pages are."""

app_name = "programmes"

urlpatterns = []
