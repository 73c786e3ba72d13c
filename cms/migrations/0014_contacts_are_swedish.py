from django.db import migrations
from wagtail.models import BootstrapTranslatableModel


class Migration(migrations.Migration):
    dependencies = [("cms", "0013_contact_languages")]

    operations = [BootstrapTranslatableModel("cms.SupportContact", language_code="sv")]
