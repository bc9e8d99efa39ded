package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Directory;
import dev.conduct.identity.OwnAccount;
import dev.conduct.identity.Passkeys;
import dev.conduct.shell.FirstSteps;
import java.util.List;
import org.springframework.stereotype.Component;

/// A second factor for who began, and somebody else to work with.
@Component
class StepsOfPeople implements FirstSteps {

    private final OwnAccount account;
    private final Passkeys passkeys;
    private final Directory directory;

    StepsOfPeople(OwnAccount account, Passkeys passkeys, Directory directory) {
        this.account = account;
        this.passkeys = passkeys;
        this.directory = directory;
    }

    @Override
    public List<Step> steps(Actor actor) {
        var everybody = new Directory.Wanted(null, null, null, null, List.of());
        return List.of(
                new Step(
                        10,
                        "Secure your account",
                        "Every sign-in needs a second factor. A passkey is both at once.",
                        "/account",
                        "Your account",
                        account.factors(actor).since() != null
                                || !passkeys.of(actor.id()).isEmpty(),
                        false),
                new Step(
                        30,
                        "Invite somebody",
                        "Roles say who may take which step. Nobody may take all of them alone.",
                        "/admin/people",
                        "Invite",
                        directory.count(everybody) > 1,
                        false));
    }
}
