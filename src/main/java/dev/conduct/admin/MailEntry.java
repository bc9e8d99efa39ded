package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.shell.NavigationEntry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class MailEntry implements NavigationEntry {

    private final Roles roles;

    MailEntry(Roles roles) {
        this.roles = roles;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return roles.may(actor, Right.ADMINISTER)
                ? new Entry("Administration", 52, "Mail", "/admin/mail", "mail", null)
                : null;
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return List.of(new Beneath("Mail received", "/admin/mail/received", "mail"));
    }
}
