package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where an invited person chooses a password. Whoever has no second factor yet enrols one next.
@Controller
class InvitationPages {

    private final Invitations invitations;
    private final Passwords passwords;
    private final Providers providers;
    private final Sessions sessions;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    InvitationPages(
            Invitations invitations,
            Passwords passwords,
            Providers providers,
            Sessions sessions,
            Gatehouse gatehouse,
            Html html,
            InstantSource time) {
        this.invitations = invitations;
        this.passwords = passwords;
        this.providers = providers;
        this.sessions = sessions;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
    }

    @GetMapping("/invitation")
    ResponseEntity<String> form(@RequestParam(defaultValue = "") String token) {
        return page(HttpStatus.OK, token, invited(token), List.of());
    }

    @PostMapping("/invitation")
    ResponseEntity<String> accept(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        var person = invited(token);
        try {
            var known = List.of(person.name(), email(person));
            var id = invitations.accept(token, passwords.hash(password, known));
            sessions.half(request, response, id, Factors.granted(Factors.PASSWORD, time.instant()));
            return Redirect.to("/sign-in/code");
        } catch (Problem refused) {
            if (refused.status() != HttpStatus.BAD_REQUEST.value()) {
                throw refused;
            }
            return page(HttpStatus.UNPROCESSABLE_CONTENT, token, person, refused.errors());
        }
    }

    private People.Person invited(String token) {
        return invitations.invited(token).orElseThrow(() -> Problem.notFound("This page"));
    }

    private static String email(People.Person person) {
        var email = person.email();
        return email == null ? "" : email;
    }

    private ResponseEntity<String> page(
            HttpStatus status, String token, People.Person person, List<FieldProblem> faults) {
        return html.page(
                status,
                "identity/invitation.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "providers", providers.active(),
                        "token", token,
                        "name", person.name(),
                        "email", email(person),
                        "faults", faults));
    }
}
