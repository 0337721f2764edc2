import { useState, useEffect, useComponent } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const NOTIFICATION = "bulk_mailing.progress";
// For those whose line to the server carries no websocket
const POLL_MS = 15_000;
const MOVING = ["in_queue", "sending"];

/** Tells how far mailings are: by Odoo's bus, and where that is silent by asking now and then. */
export const progressService = {
    dependencies: ["bus_service", "orm"],

    start(env, { bus_service, orm }) {
        const followers = new Map();
        const heard = new Map();
        let timer;

        function tell(progress) {
            heard.set(progress.id, { at: Date.now(), state: progress.state });
            for (const callback of followers.get(progress.id) ?? []) {
                callback(progress);
            }
        }

        async function ask(ids) {
            if (ids.length) {
                const told = await orm.silent.call("mailing.mailing", "read_progress", [ids]);
                told.forEach(tell);
            }
        }

        function poll() {
            const isSilent = (id) =>
                MOVING.includes(heard.get(id)?.state) && Date.now() - heard.get(id).at >= POLL_MS;
            if (!document.hidden) {
                // a mailing that has been deleted meanwhile, or no connection: the next time may be better
                ask([...followers.keys()].filter(isSilent)).catch(() => {});
            }
        }

        function unfollow(id, callback) {
            followers.get(id).delete(callback);
            if (!followers.get(id).size) {
                followers.delete(id);
                heard.delete(id);
                bus_service.deleteChannel(`${NOTIFICATION}:${id}`);
            }
            if (!followers.size) {
                clearInterval(timer);
                timer = undefined;
            }
        }

        /** Call back with the progress of a mailing now and whenever it changes; returns how to end that. */
        function follow(id, callback) {
            if (!followers.has(id)) {
                followers.set(id, new Set());
                bus_service.addChannel(`${NOTIFICATION}:${id}`);
            }
            followers.get(id).add(callback);
            timer ??= setInterval(poll, POLL_MS);
            ask([id]).catch(() => {});
            return () => unfollow(id, callback);
        }

        bus_service.subscribe(NOTIFICATION, tell);
        return { follow };
    },
};

registry.category("services").add("bulk_mailing_progress", progressService);

/** The progress of the mailing whose id `getId` returns (nothing: of none), and `onTold` at each change. */
export function useProgress(getId, onTold = () => {}) {
    const service = useService("bulk_mailing_progress");
    const component = useComponent();
    const state = useState({ progress: null });
    useEffect(
        (id) => {
            state.progress = null;
            if (id) {
                return service.follow(id, (progress) => {
                    state.progress = progress;
                    onTold.call(component, progress);
                });
            }
        },
        () => [getId()]
    );
    return state;
}
