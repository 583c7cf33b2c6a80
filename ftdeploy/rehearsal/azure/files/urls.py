"""Which address goes to which handler, for files and uploads."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring.routes import Route, serve_both
from ftdeploy.rehearsal.azure.files import handlers, imports, uploads

ROUTES: tuple[Route, ...] = (
    ("PUT", "/_rehearsal/blobs", imports.put_blob),
    *serve_both("POST", "/files", handlers.post_file),
    *serve_both("GET", "/files", handlers.list_files),
    *serve_both("POST", "/files/import", imports.post_import),
    *serve_both("GET", "/files/{file}", handlers.get_file),
    *serve_both("GET", "/files/{file}/content", handlers.get_content),
    *serve_both("DELETE", "/files/{file}", handlers.delete_file),
    *serve_both("POST", "/uploads", uploads.post_upload),
    *serve_both("POST", "/uploads/{upload}/parts", uploads.post_part),
    *serve_both("POST", "/uploads/{upload}/complete", uploads.complete_upload),
    *serve_both("POST", "/uploads/{upload}/cancel", uploads.cancel_upload),
)
