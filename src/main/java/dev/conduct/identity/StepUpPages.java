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
    private final Sessions sessions;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    StepUpPages(SignIn signIn, Sessions sessions, Gatehouse gatehouse, Html html, InstantSource time) {
        this.signIn = signIn;
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
    ResponseEntity<String> code(
            @RequestParam(defaultValue = "") String code,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response) {
        var check = signIn.again(actor.id(), SecondFactorPages.digits(code));
        if (check != Check.ACCEPTED) {
            var fault = new FieldProblem("code", "not_accepted", SecondFactorPages.says(check));
            return page(SecondFactorPages.status(check), actor, List.of(fault));
        }
        var current = Objects.requireNonNull(Sessions.current());
        sessions.full(
                request,
                response,
                actor,
                Factors.without(current, Factors.TOTP),
                Factors.granted(Factors.TOTP, time.instant()));
        return Redirect.to(StepUp.PAGE);
    }

    private ResponseEntity<String> page(HttpStatus status, Actor actor, List<FieldProblem> faults) {
        return html.page(
                status,
                "identity/again.jte",
                Map.of("board", gatehouse.board(), "name", actor.name(), "faults", faults));
    }
}
