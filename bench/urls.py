"""The product's addresses and, before them, the bare view under its two names."""

from django.urls import path

from bench.views import bare
from config.urls import urlpatterns as product

urlpatterns = [path("bench/bare/", bare), path("bench/middleware/", bare), *product]
