package dev.conduct.account;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Passkeys;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Adds passkeys to the own account and takes them away.
@Controller("accountPasskeyPages")
@RequestMapping("/account/passkeys")
class PasskeyPages {

    private static final String BACK = "redirect:/account";

    private final Passkeys passkeys;

    PasskeyPages(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    @GetMapping("/new")
    PasskeyPage form() {
        return new PasskeyPage("", List.of());
    }

    @PostMapping("/challenge")
    ResponseEntity<String> challenge(Actor actor, HttpSession session) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(passkeys.toMake(session.getId(), actor.id()));
    }

    @PostMapping
    Object add(
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String name,
            Actor actor,
            HttpSession session,
            RedirectAttributes redirect) {
        try {
            passkeys.add(actor, session.getId(), credential, name);
            Flash.done(redirect, "This passkey opens your account from now on.");
            return BACK;
        } catch (Problem refused) {
            var errors = refused.errors().isEmpty()
                    ? List.of(new FieldProblem("name", refused.code(), refused.says()))
                    : refused.errors();
            return new PasskeyPage(name, errors);
        }
    }

    @PostMapping("/{id}/removal")
    String remove(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        try {
            passkeys.remove(actor, id);
            Flash.done(redirect, "That passkey opens nothing any more.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return BACK;
    }
}
