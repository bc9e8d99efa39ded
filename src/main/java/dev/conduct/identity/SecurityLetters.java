package dev.conduct.identity;

import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The letters about somebody's own account. They tell what happened and where to put it right; none holds a secret but
/// the one-time links that are what it is sent for.
@Component
class SecurityLetters {

    private static final String WHY = "Sent because it concerns the safety of your account. Nobody can switch it off.";

    private final Mail mail;
    private final SetUp setUp;
    private final People people;

    SecurityLetters(Mail mail, SetUp setUp, People people) {
        this.mail = mail;
        this.setUp = setUp;
        this.people = people;
    }

    void invitation(People.Person person, String token) {
        to(
                person,
                "invitation",
                "Your account at " + company(),
                letter -> letter.paragraph("You can sign in at " + company()
                                + " from now on. Choose your way in with this link. It works once," + " for 7 days.")
                        .action("Open your account", "/invitation?token=" + token)
                        .small("If you expected no invitation, do nothing: without the link nobody comes in."));
    }

    void newDevice(String person, String device, String address) {
        about(
                person,
                "new_device",
                "Signed in from a new browser",
                letter -> letter.paragraph("Somebody signed in to your account with " + device + " from the address "
                                + address + ", for the first time. If it was you, there is nothing to do.")
                        .action("Look at your sessions", "/account")
                        .small(WHY));
    }

    void recoveryCodeUsed(String person) {
        about(
                person,
                "recovery_code",
                "A recovery code was used",
                letter -> letter.paragraph(
                                "Somebody signed in to your account with a recovery code. All ten were replaced. If it was not you,"
                                        + " end the other sessions and tell an administrator at once.")
                        .action("Look at your sessions", "/account")
                        .small(WHY));
    }

    void factorAdded(String person, String what) {
        about(
                person,
                "factor_added",
                "Your account has a new " + what,
                letter -> letter.paragraph("A new " + what
                                + " opens your account from now on. If you did not add it, remove it and tell an"
                                + " administrator at once.")
                        .action("Look at your account", "/account")
                        .small(WHY));
    }

    void passwordChanged(String person) {
        about(
                person,
                "password_changed",
                "Your password was changed",
                letter -> letter.paragraph(
                                "Your account has a new password, and all other sessions have ended. If you did not change it,"
                                        + " tell an administrator at once.")
                        .action("Look at your account", "/account")
                        .small(WHY));
    }

    void confirmAddress(People.Person person, String address, String token) {
        mail.send(Letter.of("address", person.id(), address, "Confirm your new e-mail address")
                .paragraph(person.name() + " wants to use this address at " + company()
                        + ". The link works once, for a day.")
                .action("Use this address", "/address?token=" + token)
                .small("If you do not know what this is about, do nothing."));
    }

    /// To the address that was, whose owner may know nothing of it.
    void addressChanged(People.Person person) {
        mail.send(Letter.of(
                        "address_changed",
                        person.id(),
                        Objects.requireNonNull(person.email()),
                        "Your e-mail address was changed")
                .paragraph("The account of " + person.name() + " at " + company()
                        + " has another e-mail address now, and this one"
                        + " gets no more mail. If it was not you, tell an administrator at once.")
                .small(WHY));
    }

    private interface Wording {
        Letter of(Letter letter);
    }

    private void about(String person, String kind, String subject, Wording wording) {
        people.find(person).ifPresent(found -> to(found, kind, subject, wording));
    }

    private void to(People.Person person, String kind, String subject, Wording wording) {
        if (person.email() != null) {
            mail.send(wording.of(Letter.of(kind, person.id(), person.email(), subject)));
        }
    }

    private String company() {
        var company = Objects.requireNonNull(setUp.company());
        return company.isEmpty() ? "Conduct" : company;
    }
}
