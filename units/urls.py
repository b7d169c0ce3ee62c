from django.urls import path

from units import picker, views

app_name = "units"
urlpatterns = [
    path("", views.unit_tree, name="tree"),
    path("goi-y/", picker.suggest, name="suggest"),
]
