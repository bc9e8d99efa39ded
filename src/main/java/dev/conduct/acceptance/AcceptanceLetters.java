package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import org.springframework.stereotype.Component;

/// Tells people that a build waits for their word. It leaves with the invitation, and not without it.
@Component
class AcceptanceLetters {

    private final Mail mail;

    AcceptanceLetters(Mail mail) {
        this.mail = mail;
    }

    void invited(Session session, People.Person person, Actor by) {
        var address = person.email();
        if (address == null) {
            return;
        }
        var build = session.build().isEmpty() ? "" : ", build " + session.build();
        var letter = Letter.of("acceptance", person.id(), address, "Please try " + session.title())
                .inThread("acceptance:" + session.id())
                .heading(session.title())
                .paragraph(by.name() + " asks you to try it" + build + " in " + session.environment()
                        + ", and to say whether it is as agreed. These must be met:");
        for (var criterion : session.criteria()) {
            letter = letter.quote(criterion);
        }
        mail.send(letter.action("Say what you saw, and accept or reject it", "/portal/acceptance/" + session.id())
                .small("Sent because you were asked to accept it. You sign in to answer."));
    }
}
