"""Imports: what each did, where digests come from, and uploading some. For administrators."""

from fastapi import APIRouter, Request, Response

from app import catalog, digests
from app.db import LARGEST_ID
from app.i18n import gettext as _
from app.models import FATES
from app.web.asking import sync_if_there
from app.web.deps import Admin, Config, Db, Index, Store
from app.web.paging import page_count
from app.web.params import PageNumber
from app.web.receiving import MOST_BYTES, MOST_FILES, Received
from app.web.redirects import see_other
from app.web.rendering import render_component, render_page
from app.web.urls import asking

router = APIRouter(default_response_class=Response)
RUNS, FILES = 50, 200
"""Imports, and files of one import, on a page."""


@router.get("/imports")
def index(request: Request, user: Admin, db: Db, page: PageNumber) -> Response:
    """Imports, the newest first, and the registered sources."""
    runs, total = catalog.list_runs(db, page, RUNS)
    return render_page(
        request,
        "pages/imports/index.html",
        block="results",
        runs=runs,
        total=total,
        sources=catalog.list_sources(db),
        page=page,
        pages=page_count(total, RUNS),
        url_of=lambda number: f"/imports?page={number}",
    )


@router.get("/imports/new")
def new(request: Request, user: Admin) -> Response:
    """The form to upload with."""
    return _form(request)


@router.post("/imports")
def create(request: Request, user: Admin, store: Store, search: Index, config: Config, received: Received) -> Response:
    """Import the files that were sent; then show what became of each."""
    if not received:
        return _form(request, error=_("No file was chosen. Choose one or more digests first."), status=422)
    result = digests.import_uploads(
        store, config.uploads_dir, received, user_id=user.id, switched_off=config.rules_switched_off
    )
    sync_if_there(store, search)
    return see_other(f"/imports/{result.run_id}")


@router.get("/imports/running")
def running(request: Request, user: Admin, db: Db, run: int = 0) -> Response:
    """How far the import that runs has got; of one that was watched, that it is over."""
    return render_component(request, "running", run=catalog.running_import(db), watched=min(run, LARGEST_ID))


@router.get("/imports/{run_id:number}")
def show(request: Request, user: Admin, db: Db, page: PageNumber, run_id: int, fate: str = "") -> Response:
    """One import, with every file that was more than unchanged, or those of one fate."""
    run = catalog.find_run(db, run_id)
    fate = fate if fate in FATES else ""
    files, total = catalog.files_of_run(db, run_id, page, FILES, fate)
    return render_page(
        request,
        "pages/imports/show.html",
        block="results",
        found=run,
        files=files,
        total=total,
        fate=fate,
        page=page,
        pages=page_count(total, FILES),
        url_of=lambda number: _run_url(run_id, fate, number),
        fate_url=lambda wanted: _run_url(run_id, wanted),
    )


def _run_url(run_id: int, fate: str = "", page: int = 1) -> str:
    return asking(f"/imports/{run_id}", {"fate": fate, "page": page if page > 1 else None})


def _form(request: Request, *, error: str = "", status: int = 200) -> Response:
    return render_page(
        request,
        "pages/imports/new.html",
        block="main",
        status=status,
        error=error,
        most_megabytes=MOST_BYTES >> 20,
        most_files=MOST_FILES,
    )
