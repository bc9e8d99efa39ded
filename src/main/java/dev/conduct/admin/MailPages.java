package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.mail.Deliveries;
import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import dev.conduct.shell.Flash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Shows how letters leave and what became of them, and sends one to try.
@Controller
class MailPages {

    private static final String BACK = "redirect:/admin/mail";

    private final Mail mail;
    private final Deliveries deliveries;
    private final People people;

    MailPages(Mail mail, Deliveries deliveries, People people) {
        this.mail = mail;
        this.deliveries = deliveries;
        this.people = people;
    }

    @GetMapping("/admin/mail")
    MailPage show(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "") String cursor,
            Actor actor) {
        var only = state == null || state.isBlank() ? null : state;
        return new MailPage(
                deliveries.way(), deliveries.waiting(), deliveries.page(only, null, cursor), only, cursor, own(actor));
    }

    /// To one's own address: a form that takes any would be a way to send mail to strangers.
    @PostMapping("/admin/mail/tests")
    String test(Actor actor, RedirectAttributes redirect) {
        var own = own(actor);
        if (own == null) {
            throw Problem.conflict("no_address", "Your account has no e-mail address. Add one to it first.");
        }
        mail.send(Letter.of("test", actor.id(), own, "A test letter from Conduct")
                .heading("Mail works")
                .paragraph("You asked for this letter on the mail page of Conduct. It arrived, so others will.")
                .action("Back to the mail page", "/admin/mail"));
        Flash.done(redirect, "A letter to you is on its way. This list says what becomes of it.");
        return BACK;
    }

    @PostMapping("/admin/mail/{id}/attempts")
    String hurry(@PathVariable UUID id, RedirectAttributes redirect) {
        deliveries.hurry(id);
        Flash.done(redirect, "The letter is tried again now.");
        return BACK;
    }

    private @Nullable String own(Actor actor) {
        return people.find(actor.id()).map(People.Person::email).orElse(null);
    }
}
