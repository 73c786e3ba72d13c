"""The product's WSGI door; the bare view answers in the same process, without any middleware, at one address."""

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from config.wsgi import application as product

with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ, start_response):
    answer = bare if environ["PATH_INFO"] == "/bench/bare/" else product
    return answer(environ, start_response)
