package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The first passkey, made at the first sign-in by whoever has no second factor yet.
@Controller
class PasskeyEnrolment {

    private final Passkeys passkeys;
    private final SecondFactorPages pages;
    private final SignIn signIn;
    private final People people;

    PasskeyEnrolment(Passkeys passkeys, SecondFactorPages pages, SignIn signIn, People people) {
        this.passkeys = passkeys;
        this.pages = pages;
        this.signIn = signIn;
        this.people = people;
    }

    @PostMapping("/sign-in/enrolment/passkey/challenge")
    ResponseEntity<String> challenge(HttpSession session) {
        return open()
                ? PasskeyPages.json(passkeys.toMake(
                        session.getId(), SecondFactorPages.half().getName()))
                : ResponseEntity.status(HttpStatus.CONFLICT).build();
    }

    @PostMapping("/sign-in/enrolment/passkey")
    ResponseEntity<String> enrol(
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!open()) {
            return Redirect.to("/sign-in/code");
        }
        var half = SecondFactorPages.half();
        try {
            var actor = people.actor(half.getName(), "page");
            passkeys.add(actor, request.getSession().getId(), credential, name);
        } catch (Problem refused) {
            if (refused.status() != HttpStatus.BAD_REQUEST.value()) {
                throw refused;
            }
            return pages.enrolmentPage(half, HttpStatus.UNPROCESSABLE_CONTENT, refused.errors());
        }
        signIn.enrolled(half.getName());
        pages.finish(half, Factors.PASSKEY, request, response);
        return pages.codesPage(half, request);
    }

    /// Not for whoever has a second factor already: the password alone would be enough to add one.
    private boolean open() {
        var half = SecondFactorPages.half();
        return !Factors.second(half) && !pages.enrolled(half);
    }
}
