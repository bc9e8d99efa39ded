package dev.conduct.identity;

import dev.conduct.identity.SetUp.Administrator;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page behind the one-time link of the first run; not there for anybody else, nor a second time.
@Controller
class SetUpPages {

    private final SetUp setUp;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Html html;
    private final InstantSource time;

    SetUpPages(SetUp setUp, Passwords passwords, Sessions sessions, Html html, InstantSource time) {
        this.setUp = setUp;
        this.passwords = passwords;
        this.sessions = sessions;
        this.html = html;
        this.time = time;
    }

    record Form(String token, String company, String name, String email) {}

    @GetMapping("/setup")
    ResponseEntity<String> form(@RequestParam(defaultValue = "") String token) {
        setUp.requireOpen(token);
        return page(HttpStatus.OK, new Form(token, "", "", ""), List.of());
    }

    @PostMapping("/setup")
    ResponseEntity<String> finish(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String company,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        setUp.requireOpen(token);
        var faults = new ArrayList<FieldProblem>();
        var companyName = Words.name(faults, "company", company);
        var personName = Words.name(faults, "name", name);
        var address = Words.email(faults, email);
        var hash = hash(faults, password, List.of(company, name, email));
        if (!faults.isEmpty()) {
            return page(HttpStatus.UNPROCESSABLE_CONTENT, new Form(token, company, name, email), faults);
        }
        var person = setUp.finish(token, new Administrator(companyName, personName, address, hash));
        sessions.half(request, response, person, Factors.granted(Factors.PASSWORD, time.instant()));
        return Redirect.to("/sign-in/enrolment");
    }

    private String hash(List<FieldProblem> faults, String password, List<String> known) {
        try {
            return passwords.hash(password, known);
        } catch (Problem refused) {
            if (refused.status() != HttpStatus.BAD_REQUEST.value()) {
                throw refused;
            }
            faults.addAll(refused.errors());
            return "";
        }
    }

    private ResponseEntity<String> page(HttpStatus status, Form form, List<FieldProblem> faults) {
        return html.page(status, "identity/setup.jte", Map.of("form", form, "faults", faults));
    }
}
