"""What the worker does for disclosure; each task calls one service and takes keys only."""

from celery import shared_task

from disclosure.services import subject_access_collecting


@shared_task
def collect_subject_request(request_id: int) -> None:
    """Collect what is held about whoever asked, in the rights of whoever began it."""
    subject_access_collecting.run_collection(actor=None, request_id=request_id)
