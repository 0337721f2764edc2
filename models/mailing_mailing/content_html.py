"""The body on its way through what Odoo does to a mailing's HTML, in Odoo's order, so that it comes out the same."""

from lxml import html as lxml_html
from markupsafe import Markup

from odoo import models
from odoo.tools import file_open, is_html_empty
from odoo.tools.mail import append_content_to_html

from ...core import content as core
from ...core.content import links

_LAYOUT = "mass_mailing.mass_mailing_mail_layout"
_FOOTER = "bulk_mailing.mail_footer"
_OPEN_PICTURE = "bulk_mailing.mail_open_picture"
_STYLES = "mass_mailing/static/src/scss/mass_mailing_mail.scss"
NOT_TRACKED = ["/unsubscribe_from_list", "/view", "/cards"]  # as mass_mailing's _render_template_postprocess


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_body(self):
        """The body with its preview and links shortened, placeholders still in it; and the rest of its style sheets."""
        body, styles = self._content_body_as_written()
        return self._content_short_links(body) if self.track_links else body, styles

    def _content_body_as_written(self):
        """The body with its preview, local links absolute, placeholders still in it.

        Beside it what is left of the style sheets that it brought along.
        """
        body, styles = self._content_inlined()
        body = self._prepend_preview(body, self.preview)
        # stock copies the body into a composer, whose field cleans styles more strictly than the mailing's
        composer = self.env["mail.compose.message"]
        body = composer._fields["body"].convert_to_column(body, composer) or ""
        body = Markup(body)  # noqa: S704  as the field itself does
        return self._replace_local_links(body, self._content_base_url()), styles

    def _content_short_links(self, body):
        tracker = self.with_env(self._content_link_trackers().env)
        return tracker._shorten_links(body, self._get_link_tracker_values(), NOT_TRACKED, self._content_base_url())

    def _content_link_trackers(self):
        # sudo: who sends needs no rights on link trackers of others that have the same target
        return self.env["link.tracker"].sudo().with_context(bulk_mailing_no_titles=True)

    def _content_base_url(self):
        return self.env[self.mailing_model_real].get_base_url()

    def _content_stock_html(self, marked, source):
        """What stock's renderer makes of the body; it has two, and they write HTML differently."""
        if is_html_empty(source):
            return Markup()
        if not self._content_is_for_qweb(source):
            return self._render_template_qweb_regex(marked, self.mailing_model_real, [0])[0]
        root = lxml_html.fragment_fromstring(marked, create_parent="div")
        rendered = self.env["ir.qweb"]._render(root, {}, preserve_comments=True)
        return rendered[len("<div>") : -len("</div>")]

    def _content_is_for_qweb(self, source):
        """Whether stock renders the body with QWeb, or without for the few placeholders that anybody may use."""
        return self._has_unsafe_expression_template_qweb(source, self.mailing_model_real)

    def _content_render_record(self, source, res_id, lang):
        """The source for one record, by Odoo's renderer."""
        rendered = self._content_rendered(source, res_id, lang)
        return rendered | {
            "body": Markup(rendered["body"]),  # noqa: S704  QWeb escaped it
            "subject": core.Template([rendered["subject"]]),
        }

    def _content_rendered_once(self, source):
        """The source for everybody: rendered for a record that does not exist, so that defaults stand for values."""
        return self._content_rendered(source, 0, None)

    def _content_rendered(self, source, res_id, lang):
        """The source for one record, with the rights of who sends: strings again."""
        mailing = self.with_user(self._content_user()).with_context(lang=lang or self.env.lang)
        model = self.mailing_model_real

        def render(template, engine="inline_template", **options):
            return mailing._render_template(template, model, [res_id], engine=engine, options=options)[res_id]

        body = render(source["body"], "qweb", post_process=True, preserve_comments=True)
        return source | {
            "body": core.without_marks(body),
            "text": core.without_marks(render(source["text"])),
            "subject": render(source["subject"]),
            "addresses": {name: render(value) for name, value in source["addresses"].items()},
        }

    def _content_finish_html(self, rendered, marks, pages):
        """Layout, links to files, and marks where links differ between recipients."""
        html = self._replace_local_links(self._content_layout(rendered["body"], rendered["styles"]))
        html = self._content_add_attachment_links(html)
        base_urls = {self.get_base_url(), self._content_base_url()}
        html = links.mark_recipient_pages(html, marks, base_urls, pages["unsubscribe_url"], pages["view_url"])
        return links.mark_short_links(html, marks, base_urls) if self.track_links else html

    def _content_layout(self, rendered, styles=""):
        with file_open(_STYLES, "r") as file:
            # Odoo's own style sheet, and what the inliner left, which has no tag in it
            sheets = Markup(file.read()), Markup(styles)  # noqa: S704
        style = Markup().join(Markup("<style>%s</style>") % sheet for sheet in sheets if sheet)
        return (
            self.env["ir.qweb"]._render(
                _LAYOUT, {"body": rendered, "mailing_style": style}, minimal_qcontext=True, raise_if_not_found=False
            )
            or rendered
        )

    def _content_linked_attachments(self):
        """Files that live elsewhere and go as links, as in mail.mail's _prepare_outgoing_list."""
        schemes = ("http://", "https://", "ftp://")
        return self.attachment_ids.sudo().filtered(
            lambda file: file.url and not file.file_size and file.url.startswith(schemes)
        )

    def _content_add_attachment_links(self, html):
        rendered = self._content_attachment_links()
        return append_content_to_html(html, rendered, plaintext=False) if rendered else html

    def _content_attachment_links(self):
        attachments = self._content_linked_attachments()
        if not attachments:
            return Markup()
        attachments.generate_access_token()
        return self.env["ir.qweb"]._render("mail.mail_attachment_links", {"attachments": attachments})

    def _content_add_endings(self, html, marks, pages):
        """The footer, and the picture that counts opens where it is wanted."""
        values = self._content_footer_values(marks, pages)
        html = append_content_to_html(html, self.env["ir.qweb"]._render(_FOOTER, values), plaintext=False)
        if not self.track_opens:
            return html
        picture = self.env["ir.qweb"]._render(_OPEN_PICTURE, {"url": marks.marked(pages["open_url"])})
        return append_content_to_html(html, picture, plaintext=False)

    def _content_footer_values(self, marks, pages):
        return {"address": marks.mark(core.Hole("recipient.email")), "url": marks.marked(pages["unsubscribe_url"])}
