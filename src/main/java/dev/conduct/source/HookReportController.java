package dev.conduct.source;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.ReportIntake;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where a CI server that is connected by a secret sends what its tools reported. Signed are the time, the query, which
/// says what the report is of, and the report: nobody on the way makes it one of another commit.
@RestController
@Hidden
class HookReportController {

    private static final Set<Host> SIGN_THE_TIME = Set.of(Host.JENKINS, Host.GIT);
    private static final Actor SYSTEM = new Actor(Telling.ACTOR, "Conduct", Set.of(), "hook");

    private final Repositories repositories;
    private final ReportIntake intake;
    private final Readers readers;
    private final InstantSource time;

    HookReportController(Repositories repositories, ReportIntake intake, Readers readers, InstantSource time) {
        this.repositories = repositories;
        this.intake = intake;
        this.readers = readers;
        this.time = time;
    }

    @PostMapping(path = "/hooks/{id}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Map<String, String>> take(
            @PathVariable UUID id,
            @RequestParam(name = "commit", defaultValue = "") String commit,
            @RequestParam(name = "branch", defaultValue = "") String branch,
            @RequestParam(name = "build", defaultValue = "") String build,
            @RequestParam(name = "environment", defaultValue = "") String environment,
            HttpServletRequest request)
            throws IOException {
        var repository = readers.system(() -> repositories.find(id))
                .filter(Repository::active)
                .filter(one -> SIGN_THE_TIME.contains(one.host()));
        if (repository.isEmpty()) {
            return HookController.refused();
        }
        if (request.getContentLengthLong() > HookController.MOST) {
            return HookController.tooLarge();
        }
        var body = request.getInputStream().readNBytes(HookController.MOST + 1);
        if (body.length > HookController.MOST) {
            return HookController.tooLarge();
        }
        UnaryOperator<String> header = name -> Objects.requireNonNullElse(request.getHeader(name), "");
        var query = Objects.requireNonNullElse(request.getQueryString(), "");
        var refusal =
                Signatures.refusal(readers.system(() -> repositories.secret(id)), header, query, body, time.instant());
        if (refusal != null) {
            repositories.refused(id, refusal);
            return HookController.refused();
        }
        once(request);
        var of =
                new ReportIntake.Of(repository.get().product(), commit, branch, build, environment, "repository:" + id);
        var taken = intake.take(of, new ByteArrayInputStream(body), SYSTEM);
        return ResponseEntity.status(taken.fresh() ? 201 : 200)
                .body(Map.of("report", taken.id().toString(), "kind", taken.kind()));
    }

    /// A value that was put into the query as it is, such as a branch called `x&environment=staging`, may not say
    /// besides what the sender says.
    private static void once(HttpServletRequest request) {
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) {
                throw Problem.badInput(
                        name, "twice", "is given twice. Give it once, and escape every value in the query.");
            }
        });
    }
}
