"""Where the anonymous questions to pupils are: a school's, the centre's, and the door that pupils open."""

from django.urls import path, re_path

from programmes.views import survey_answers, survey_questions, surveys

urlpatterns = [
    path("skolor/<slug:slug>/elevfragor/", surveys.survey_list, name="survey_list"),
    re_path(
        r"^skolor/(?P<slug>[-\w]+)/elevfragor/(?P<kind>klass|mentorer)/(?P<pk>\d{1,18})/$",
        surveys.survey_group,
        name="survey_group",
    ),
    re_path(
        r"^skolor/(?P<slug>[-\w]+)/elevfragor/(?P<kind>klass|mentorer)/(?P<pk>\d{1,18})/(?P<moment>fore|efter)/$",
        surveys.survey_round,
        name="survey_round",
    ),
    path("elevfragor/", survey_questions.survey_questions, name="survey_questions"),
    path("elevfragor/<slug:audience>/ny/", survey_questions.survey_question_add, name="survey_question_add"),
    path(
        "elevfragor/<slug:audience>/<slug:code>/andra/",
        survey_questions.survey_question_change,
        name="survey_question_change",
    ),
    path("svara/", survey_answers.survey_door, name="survey_door"),
    re_path(r"^svara/(?P<code>[A-Z0-9]{4}-[A-Z0-9]{4})/$", survey_answers.survey_answer, name="survey_answer"),
]
