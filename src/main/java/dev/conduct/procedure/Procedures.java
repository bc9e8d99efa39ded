package dev.conduct.procedure;

import dev.conduct.database.StartRefused;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The versions this installation has adopted, kept for ever. An installation begins with the pack it ships with, or
/// with the folder that `CONDUCT_PROCEDURE` names.
@Component
public class Procedures {

    private static final String SYSTEM = "system:procedure";

    /// How long another node's adoption may go unnoticed.
    private static final long FRESH_NANOS = 1_000_000_000L;

    private record Read(List<Adoption> adoptions, long atNanos) {}

    private final Adoptions adoptions;
    private final Ledger ledger;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher listeners;
    private final String folder;
    private final Map<String, Procedure> compiled = new ConcurrentHashMap<>();
    private volatile @Nullable Read read;

    Procedures(
            Adoptions adoptions,
            Ledger ledger,
            InstantSource time,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher listeners,
            @Value("${conduct.procedure:}") String folder) {
        this.adoptions = adoptions;
        this.ledger = ledger;
        this.time = time;
        this.listeners = listeners;
        this.folder = folder;
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// The version in force at a moment; for moments before the first adoption, the first adopted.
    public Procedure at(Instant moment) {
        var all = adoptions();
        var inForce = all.stream()
                .filter(adoption -> !adoption.effective().isAfter(moment))
                .findFirst()
                .orElse(all.getLast());
        return procedure(inForce);
    }

    /// @throws dev.conduct.kernel.Problem 404 when this installation never adopted it
    public Procedure version(String version) {
        var known = compiled.get(version);
        if (known != null) {
            return known;
        }
        return adoptions().stream()
                .filter(adoption -> adoption.version().equals(version))
                .findFirst()
                .map(this::procedure)
                .orElseThrow(() -> Problem.notFound("The procedure version " + version));
    }

    /// The versions that came into force after one, until a moment, oldest first: what work begun under it meets.
    ///
    /// @throws dev.conduct.kernel.Problem 404 when this installation never adopted it
    public List<Procedure> since(String version, Instant until) {
        var own = version(version);
        return adoptions().stream()
                .takeWhile(adoption -> !adoption.version().equals(own.version()))
                .filter(adoption -> !adoption.effective().isAfter(until))
                .map(this::procedure)
                .toList()
                .reversed();
    }

    /// All adopted versions, newest first.
    public List<Procedure> all() {
        return adoptions().stream().map(this::procedure).toList();
    }

    /// When each version was adopted and by whom, newest first.
    public List<Adoption> history() {
        return adoptions();
    }

    /// The files of an adopted version, as they were adopted.
    public PackFiles files(String version) {
        return adoptions.files(version(version).version());
    }

    /// Adopts a pack as a new version; listeners of this node are told the `Adoption`. Adopting the same bytes
    /// under the same name again changes nothing.
    ///
    /// @param effective from when it judges, null for at once; not in the past, which was judged already
    /// @param adoptedBy the actor who puts it in
    /// @param approvedBy the actor who answers for it
    /// @throws Problem 400 naming each mistake by file and line; 409 when the name is taken by another pack
    public Adoption adopt(
            PackFiles files, @Nullable Instant effective, String adoptedBy, String via, String approvedBy) {
        var procedure = checked(files);
        var now = time.instant();
        var from = effective == null ? now : effective.truncatedTo(ChronoUnit.MILLIS);
        if (from.isBefore(now.minus(1, ChronoUnit.MINUTES))) {
            throw Problem.badInput(
                    "effective", "in_the_past", "is in the past, which was judged already. Name a moment to come.");
        }
        var adopted = transaction.execute(status -> {
            adoptions.lock();
            return added(
                    procedure,
                    files,
                    new Adoption(procedure.version(), procedure.hash(), from, now, adoptedBy, approvedBy),
                    via);
        });
        read = null;
        listeners.publishEvent(Objects.requireNonNull(adopted));
        return adopted;
    }

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        adoptions();
    }

    private Adoption added(Procedure procedure, PackFiles files, Adoption adoption, String via) {
        var all = adoptions.all();
        for (var earlier : all) {
            if (earlier.version().equals(adoption.version())) {
                if (earlier.hash().equals(adoption.hash())) {
                    return earlier;
                }
                throw Problem.conflict(
                        "version_taken",
                        "Version " + adoption.version()
                                + " was adopted with other contents. Give this one another name in pack.yaml.");
            }
        }
        requireMapped(all, adoption, procedure, files);
        adoptions.add(adoption, files);
        ledger.append(new NewEvent(
                adoption.adoptedAt(),
                adoption.adoptedBy(),
                via,
                "procedure.adopt",
                "procedure:" + adoption.version(),
                1,
                Outcome.SUCCESS,
                null,
                adoption.version(),
                data(adoption, all),
                Map.of()));
        return adoption;
    }

    private static Map<String, Object> data(Adoption adoption, List<Adoption> before) {
        var data = new java.util.TreeMap<String, Object>();
        data.put("hash", adoption.hash());
        data.put("effective", adoption.effective().toString());
        if (adoption.approvedBy() != null) {
            data.put("approved_by", adoption.approvedBy());
        }
        if (!before.isEmpty()) {
            data.put("after", before.getFirst().version());
        }
        return data;
    }

    /// Work comes to it from the version in force before it, and leaves it for one that is to come already.
    private void requireMapped(List<Adoption> all, Adoption adoption, Procedure procedure, PackFiles files) {
        var where = "pack.yaml:" + files.lineOf("pack.yaml", "in_flight:");
        all.stream()
                .filter(other -> !other.effective().isAfter(adoption.effective()))
                .findFirst()
                .map(before -> Migration.of(procedure(before), procedure).unmapped())
                .filter(unmapped -> !unmapped.isEmpty())
                .ifPresent(unmapped -> {
                    throw Problem.badInput(
                            where,
                            "unmapped_state",
                            "moves work in flight, but says not what becomes of " + String.join(", ", unmapped)
                                    + ". Map them under in_flight.states, or let work stay.");
                });
        all.reversed().stream()
                .filter(other -> other.effective().isAfter(adoption.effective()))
                .findFirst()
                .ifPresent(after -> requireLeavable(after, procedure, where));
    }

    private void requireLeavable(Adoption after, Procedure procedure, String where) {
        var unmapped = Migration.of(procedure, procedure(after)).unmapped();
        if (!unmapped.isEmpty()) {
            throw Problem.badInput(
                    where,
                    "unmapped_state",
                    "has states that " + after.version() + ", which takes its work over on " + after.effective()
                            + ", does not know: " + String.join(", ", unmapped)
                            + ". Keep the names it knows, or let this version judge after it.");
        }
    }

    private static Procedure checked(PackFiles files) {
        var checked = PackCheck.check(files);
        if (!checked.mistakes().isEmpty()) {
            throw Problem.badInput(checked.mistakes().stream()
                    .map(it ->
                            new FieldProblem(it.file() + ":" + it.line(), "mistake", it.says() + "; " + it.instead()))
                    .toList());
        }
        return checked.orThrow();
    }

    private List<Adoption> adoptions() {
        var last = read;
        if (last != null && System.nanoTime() - last.atNanos() < FRESH_NANOS) {
            return last.adoptions();
        }
        var all = adoptions.all();
        if (all.isEmpty()) {
            all = List.of(first());
        }
        read = new Read(all, System.nanoTime());
        return all;
    }

    private Adoption first() {
        var files = folder.isBlank() ? PackFiles.standard() : folder(Path.of(folder));
        var checked = PackCheck.check(files);
        if (!checked.mistakes().isEmpty()) {
            throw new StartRefused("The procedure in " + folder + " has mistakes:\n"
                    + String.join(
                            "\n",
                            checked.mistakes().stream().map(Mistake::toString).toList()));
        }
        var procedure = checked.orThrow();
        var now = time.instant();
        var adopted = transaction.execute(status -> {
            adoptions.lock();
            var all = adoptions.all();
            return all.isEmpty()
                    ? added(
                            procedure,
                            files,
                            new Adoption(procedure.version(), procedure.hash(), now, now, SYSTEM, null),
                            "system")
                    : all.getFirst();
        });
        return Objects.requireNonNull(adopted);
    }

    private static PackFiles folder(Path folder) {
        try {
            return PackFiles.of(folder);
        } catch (IOException unreadable) {
            throw new StartRefused("CONDUCT_PROCEDURE: " + unreadable.getMessage());
        }
    }

    private Procedure procedure(Adoption adoption) {
        return compiled.computeIfAbsent(adoption.version(), version -> {
            var files = adoptions.files(version);
            if (!files.hash().equals(adoption.hash())) {
                throw new IllegalStateException(
                        "The files of procedure " + version + " are not those that were adopted.");
            }
            return PackCheck.check(files).orThrow().adopted(adoption.effective(), adoption.approvedBy());
        });
    }
}
