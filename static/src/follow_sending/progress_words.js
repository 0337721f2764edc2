import { deserializeDateTime, formatDateTime, today } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";

/** "214 a second", "3.5 a second", "12 a minute"; nothing where it stands still or is not known. */
export function speed(perSecond) {
    if (!perSecond) {
        return "";
    }
    if (perSecond < 1) {
        return _t("%s a minute", formatInteger(Math.max(1, Math.round(perSecond * 60))));
    }
    const digits = perSecond < 10 ? 1 : 0;
    return _t("%s a second", formatFloat(perSecond, { digits: [16, digits] }));
}

/** "about 3 min left"; where some wait for a provider or another try, that holds for the others. */
export function timeLeft({ seconds_left, deferred, slowed }) {
    if (seconds_left === null || seconds_left === undefined) {
        return "";
    }
    const time_left = about(seconds_left);
    const isForAll = !deferred && !slowed.length;
    return isForAll ? time_left : _t("%(time_left)s for the others", { time_left });
}

/** Rounded as one would say it. */
function about(seconds) {
    if (seconds < 60) {
        return _t("about %s s left", Math.max(5, Math.ceil(seconds / 5) * 5));
    }
    const minutes = Math.ceil(seconds / 60);
    if (minutes < 90) {
        return _t("about %s min left", minutes);
    }
    const hours = Math.round(minutes / 60);
    return hours < 48
        ? _t("about %s hours left", hours)
        : _t("about %s days left", Math.round(hours / 24));
}

/** The hour, or the day and the hour where that is not today, of a moment that the server gave. */
function hour(moment) {
    const at = deserializeDateTime(moment);
    const isToday = at.hasSame(today(), "day");
    const withoutSeconds = localization.timeFormat.replace(":ss", "");
    return formatDateTime(at, isToday ? { format: withoutSeconds } : {});
}

/** "812 of 1,482". */
export function sent(progress) {
    const { sent, total } = progress;
    return _t("%(sent)s of %(total)s", { sent: formatInteger(sent), total: formatInteger(total) });
}

export function failed(progress) {
    return _t("%s failed", formatInteger(progress.failed));
}

export function waiting(progress) {
    return _t("%s wait", formatInteger(progress.waiting + progress.deferred));
}

/** "Asked to slow down by Gmail (421 4.7.28): 96 waiting, next try 14:05. The others go on." */
export function slowed({ provider, reply, waiting, rate, paused_until }) {
    const who = reply
        ? _t("Asked to slow down by %(provider)s (%(reply)s)", { provider, reply })
        : _t("Asked to slow down by %(provider)s", { provider });
    const count = formatInteger(waiting);
    if (!paused_until) {
        const values = { who, count, rate: formatInteger(rate) };
        return _t(
            "%(who)s: %(count)s waiting, %(rate)s a minute may go. The others go on.",
            values
        );
    }
    const values = { who, count, time: hour(paused_until) };
    return _t("%(who)s: %(count)s waiting, next try %(time)s. The others go on.", values);
}

/** "21 deferred by their mail server (Gmail 12, others 9); the next try is at 14:05." */
export function deferred({ deferred, deferred_at, next_try_at }) {
    const count = formatInteger(deferred) + byProvider(deferred_at);
    if (!next_try_at) {
        return _t("Deferred by their mail server: %s.", count);
    }
    const time = hour(next_try_at);
    return _t("Deferred by their mail server: %(count)s; the next try is at %(time)s.", {
        count,
        time,
    });
}

function byProvider(deferredAt) {
    if (!deferredAt.some(({ provider }) => provider)) {
        return "";
    }
    const parts = deferredAt.map(({ provider, mails }) =>
        _t("%(provider)s %(count)s", {
            provider: provider || _t("others"),
            count: formatInteger(mails),
        })
    );
    return ` (${parts.join(", ")})`;
}
