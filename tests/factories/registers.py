"""Makes rows of the centre's registers, and what schools make of their figures."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from programmes.enums import AgreementArea, Organisation
from programmes.models import AssessedItem, CauseAnalysis, Indicator, Measure, Partner, SelfAssessment
from programmes.rules.assessment_items import items
from tests.factories.programmes import MunicipalityFactory, SchoolFactory


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Förening {n}")
    area = AgreementArea.VIOLENCE
    organisation = Organisation.OTHER
    contact = "verksamhetschef"


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Gymnasieexamen inom fyra år"
    unit = "%"
    year = factory.Sequence(lambda n: 2000 + n % 26)
    value = Decimal("77")
    source = "Kolada"


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    municipality = factory.SubFactory(MunicipalityFactory)
    problem = "Otrygga vägar till skolan"
    goal = "Fler går själva till skolan"
    measure = factory.Sequence(lambda n: f"Vuxna vid övergångsstället {n}")
    responsible = "trygghetssamordnaren"
    start_date = date(2026, 8, 1)
    end_date = date(2027, 6, 1)
    indicator = "Elevenkäten"


class AnalysisFactory(DjangoModelFactory):
    class Meta:
        model = CauseAnalysis

    school = factory.SubFactory(SchoolFactory)
    start_year = 2026
    analysis = "Vikarier har hållit få pass."
    action = "Två kollegor håller passen tillsammans."
    follow_up_by = "biträdande rektor"
    follow_up_date = date(2027, 2, 1)


class AssessmentFactory(DjangoModelFactory):
    """A term's assessment with every thing at one level, unless `levels` says otherwise by code."""

    class Meta:
        model = SelfAssessment
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    term = "HT2026"

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        for item in items():
            AssessedItem.objects.create(assessment=self, code=item.code, level=(extracted or {}).get(item.code, 1))
