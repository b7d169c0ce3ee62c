"""What all admin pages share: members instead of Django's permissions, 404 for what a person may not
know of, search without marks. No models; every app's admin may stand on it.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404

from portal.pickers import SeveralChoices, WithPickers

# The first line of a list from which nothing need be chosen.
NOTHING_CHOSEN = "– chưa chọn –"


class OfficeAdmin(WithPickers, admin.ModelAdmin):
    """A page for members. Without more words: members see the list, system administrators act."""

    list_per_page = 30
    show_full_result_count = False
    save_on_top = False

    class Media:
        js = ["admin-dv/fields.js"]

    def _is_member(self, request):
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self._is_member(request)

    def has_add_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def choices_for(self, request, field):
        """The queryset a picker of `field` offers and the form accepts; None for the usual one."""
        return None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        choices = self.choices_for(request, db_field)
        if choices is not None:
            kwargs["queryset"] = choices
        if db_field.blank and db_field.name not in self.get_autocomplete_fields(request):
            kwargs.setdefault("empty_label", NOTHING_CHOSEN)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.blank:
            field.choices = [
                (value, label if value else NOTHING_CHOSEN) for value, label in field.choices
            ]
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        choices = self.choices_for(request, db_field)
        if choices is not None:
            kwargs["queryset"] = choices
        kwargs.setdefault("form_class", SeveralChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        """Every word, without marks, where the model can do that."""
        if not hasattr(queryset, "matching"):
            return super().get_search_results(request, queryset, search_term)
        # `matching` brings an order of its own; a list keeps the one its columns show.
        order = queryset.query.order_by
        found = queryset.matching(search_term) if search_term.strip() else queryset
        return (found.order_by(*order) if order else found), False

    def history_view(self, request, object_id, extra_context=None):
        # Django looks for the thing first, and its 404 would tell which ones there are.
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # Django redirects with "it was perhaps deleted"; absent and foreign are 404 here.
        raise Http404
