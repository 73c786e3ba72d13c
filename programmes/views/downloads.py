"""Files made for whoever asks for them: written in memory, put down in the event log with a checksum, and sent."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponseBadRequest

from programmes.actions.events import log_export

IN_MEMORY = 5 * 1024 * 1024
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def logged_file(request, write, *, file_format, name, what, school=None, tells_period=False):
    """The file that `write` puts into a stream; it answers with the file's stamp, which the log repeats."""
    stream = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- FileResponse closes it when it is sent
    stamp = write(stream)
    log_export(
        actor=request.user,
        municipality=request.municipality,
        school=school,
        what=what,
        file_format=file_format,
        selection=f"{stamp.selection}, {stamp.period}" if tells_period else stamp.selection,
        profile=stamp.profile,
        export_id=stamp.export_id,
        stream=stream,
    )
    return FileResponse(
        stream, as_attachment=True, filename=f"{name}.{file_format}", content_type=CONTENT_TYPES[file_format]
    )


def refused_question(form):
    """Why no file can be made, for whoever asked by its address: the page would say it at the field."""
    reasons = " ".join(error for errors in form.errors.values() for error in errors)
    return HttpResponseBadRequest(f"{reasons}\n", content_type="text/plain; charset=utf-8")
