package dev.conduct.identity;

import dev.conduct.identity.Authenticators.Check;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where somebody signed in gives the second factor once more, and goes on with what needed it.
@Controller
class StepUpPages {

    private final SignIn signIn;
    private final Authenticators authenticators;
    private final Passkeys passkeys;
    private final Providers providers;
    private final Sessions sessions;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    StepUpPages(
            SignIn signIn,
            Authenticators authenticators,
            Passkeys passkeys,
            Providers providers,
            Sessions sessions,
            Gatehouse gatehouse,
            Html html,
            InstantSource time) {
        this.signIn = signIn;
        this.authenticators = authenticators;
        this.passkeys = passkeys;
        this.providers = providers;
        this.sessions = sessions;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
    }

    @GetMapping(StepUp.PAGE)
    ResponseEntity<String> form(Actor actor, HttpServletRequest request) {
        var current = Objects.requireNonNull(Sessions.current());
        if (!StepUp.fresh(Factors.confirmed(current), time.instant())) {
            return page(HttpStatus.OK, actor, List.of());
        }
        var session = request.getSession();
        var act = StepUp.kept(session);
        if (act == null) {
            return Redirect.to(Sessions.wanted(request));
        }
        StepUp.done(session);
        Sessions.wanted(request);
        return html.page("identity/go-on.jte", Map.of("board", gatehouse.board(), "act", act));
    }

    @PostMapping(StepUp.PAGE)
    ResponseEntity<String> confirm(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String credential,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!credential.isEmpty()) {
            return passkey(credential, actor, request, response);
        }
        var check = signIn.again(actor.id(), SecondFactorPages.digits(code));
        if (check != Check.ACCEPTED) {
            var fault = new FieldProblem("code", "not_accepted", SecondFactorPages.says(check));
            return page(SecondFactorPages.status(check), actor, List.of(fault));
        }
        return confirmed(Factors.TOTP, actor, request, response);
    }

    private ResponseEntity<String> passkey(
            String credential, Actor actor, HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession().getId();
        if (signIn.passkeyAgain(session, actor.id(), credential, request.getRemoteAddr())
                .isEmpty()) {
            var fault = new FieldProblem("passkey", "not_accepted", "This is not a passkey of yours. Try again.");
            return page(HttpStatus.UNPROCESSABLE_CONTENT, actor, List.of(fault));
        }
        return confirmed(Factors.PASSKEY, actor, request, response);
    }

    private ResponseEntity<String> confirmed(
            String factor, Actor actor, HttpServletRequest request, HttpServletResponse response) {
        var current = Objects.requireNonNull(Sessions.current());
        var given = Factors.granted(factor, time.instant());
        sessions.full(request, response, actor, Factors.before(current, factor), given);
        return Redirect.to(StepUp.PAGE);
    }

    private ResponseEntity<String> page(HttpStatus status, Actor actor, List<FieldProblem> faults) {
        return html.page(
                status,
                "identity/again.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "name", actor.name(),
                        "app", authenticators.enrolled(ActorId.required(actor.id())),
                        "passkey", passkeys.any(ActorId.required(actor.id())),
                        "providers", Factors.byProvider(Sessions.current()) ? providers.active() : List.of(),
                        "faults", faults));
    }
}
