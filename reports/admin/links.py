"""Where reports may link to without a reminder: the list of the site, and of each unit."""

from django import forms
from django.contrib import admin

from portal.office import OfficeAdmin
from reports.models import LinkHost
from units.models import Unit

from .accounts import OfAdministrators, administered_units


class LinkHostForm(forms.ModelForm):
    """`user` is set by the admin: hosts for the whole site are the system administrators'."""

    user = None

    class Meta:
        model = LinkHost
        fields = ["host", "unit"]
        error_messages = {"unit": {"invalid_choice": "Đơn vị này không thuộc phạm vi của bạn."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if administered_units(self.user) is not None and "unit" in self.fields:
            self.fields["unit"].required = True

    def clean_host(self):
        return self.cleaned_data["host"].strip().lower()


@admin.register(LinkHost)
class LinkHostAdmin(OfAdministrators, OfficeAdmin):
    """A unit's administrator keeps the list of own units; everything else is 404 to them."""

    form = LinkHostForm
    fields = ["host", "unit"]
    list_display = ["host", "of_unit"]
    list_select_related = ["unit"]
    search_fields = ["host"]
    ordering = ["host", "pk"]
    autocomplete_fields = ["unit"]

    @admin.display(description="của", ordering="unit__sort_key")
    def of_unit(self, link):
        return link.unit.full_name_on() if link.unit_id else "cả cổng"

    def get_queryset(self, request):
        hosts, keys = super().get_queryset(request), administered_units(request.user)
        return hosts if keys is None else hosts.filter(unit__in=keys)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def choices_for(self, request, field):
        keys = administered_units(request.user)
        if field.name != "unit" or keys is None:
            return None
        return Unit.objects.filter(pk__in=keys).in_name_order()
