"""The back office: Django's admin site in our words."""

from django.contrib.admin import AdminSite


class BackOfficeSite(AdminSite):
    site_header = "Cổng thông tin Dân vận"
    site_title = "Quản trị – Dân vận"
    index_title = "Việc của tôi"
    site_url = "/"
