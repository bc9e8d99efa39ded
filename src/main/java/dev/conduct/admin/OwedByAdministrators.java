package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.keys.KeyStatus;
import dev.conduct.shell.PersonalDuties;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// What waits for whoever administers: keys that are to be rotated, erasures that need a second person.
@Component
class OwedByAdministrators implements PersonalDuties {

    private final Erasures erasures;
    private final KeyStatus keys;
    private final Roles roles;
    private final InstantSource time;

    OwedByAdministrators(Erasures erasures, KeyStatus keys, Roles roles, InstantSource time) {
        this.erasures = erasures;
        this.keys = keys;
        this.roles = roles;
        this.time = time;
    }

    @Override
    public List<Owed> of(Actor actor) {
        if (!actor.id().startsWith("person:") || !roles.may(actor, Right.ADMINISTER)) {
            return List.of();
        }
        var owed = new ArrayList<Owed>();
        var waiting = erasures.waitingFor(actor);
        if (waiting > 0) {
            owed.add(new Owed(
                    "Decide on erasures",
                    "/admin/erasures",
                    waiting == 1 ? "One waits for a second person." : waiting + " wait for a second person.",
                    "",
                    null));
        }
        var now = time.instant();
        keys.writingSince().forEach((purpose, since) -> {
            var due = since.plus(KeysPage.ROTATED);
            if (!due.isAfter(now)) {
                owed.add(new Owed(
                        "Rotate the key: " + purpose.says().toLowerCase(Locale.ROOT),
                        "/admin/keys",
                        "Everything has been written under it for more than " + KeysPage.ROTATED.toDays() + " days.",
                        "",
                        due));
            }
        });
        return owed;
    }
}
