package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.DataFolder;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.OutboundDoor;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A repository of 1,200 commits and a branch, mirrored, tied to its record, and restored.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MirrorTest {

    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "page");
    private static final String PRODUCT = "MIR";
    private static final int COMMITS = 1200;
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    private final Repositories repositories;
    private final Products products;
    private final Items items;
    private final MirrorWork work;
    private final MirrorRows rows;
    private final Mirrors mirrors;
    private final Ledger ledger;
    private final DataFolder folder;
    private final MirrorAddress addresses;
    private final JdbcClient database;
    private Path place;
    private Git origin;
    private Repository repository;
    private String bug = "";

    @SuppressWarnings("NullAway.Init")
    MirrorTest(
            Repositories repositories,
            Products products,
            Items items,
            MirrorWork work,
            MirrorRows rows,
            Mirrors mirrors,
            Ledger ledger,
            DataFolder folder,
            MirrorAddress addresses,
            JdbcClient database) {
        this.repositories = repositories;
        this.products = products;
        this.items = items;
        this.work = work;
        this.rows = rows;
        this.mirrors = mirrors;
        this.ledger = ledger;
        this.folder = folder;
        this.addresses = addresses;
        this.database = database;
    }

    @BeforeAll
    void a_repository_with_a_history() throws IOException, GitAPIException {
        products.create(PRODUCT, "Mirrored", ANA);
        bug = items.report(
                        new Items.Report("bug", PRODUCT, "It breaks", "", Map.of("severity", "high"), null, null), ANA)
                .key();
        var root = Files.createDirectories(Path.of("target/source-files")).toAbsolutePath();
        place = Files.createTempDirectory(root, "origin");
        origin = Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(place.toFile())
                .call();
        var last = ObjectId.zeroId();
        for (var number = 1; number <= COMMITS; number++) {
            last = commit(last, number % 10 == 0 ? bug + ": step " + number : "Step " + number);
        }
        point("main", last);
        point("feature/" + bug.toLowerCase(java.util.Locale.ROOT), commit(last, "Not merged yet"));
        repository = repositories
                .add(
                        new Repositories.Wanted(
                                PRODUCT, "mirrored", "git", place.toUri().toString(), ""),
                        ANA)
                .repository();
        work.fetchDue();
    }

    @Test
    void the_whole_history_is_mirrored_tied_and_what_names_no_record_is_known() {
        assertThat(mirror().trouble()).isEmpty();
        assertThat(mirror().commits()).isGreaterThanOrEqualTo(COMMITS + 1);
        assertThat(repositories.known(repository.id()).mainBranch()).isEqualTo("main");
        assertThat(count("source.link l where l.item = '" + bug + "' and l.found_in = 'message'")
                        + count("source.link l where l.item = '" + bug + "' and l.found_in = 'title'"))
                .isEqualTo(COMMITS / 10);
        assertThat(count("source.link l where l.item = '" + bug + "' and l.found_in = 'branch'"))
                .isEqualTo(1);
        assertThat(count("source.commit l where merged_at is not null and keyed"))
                .isEqualTo(COMMITS / 10);
        assertThat(count("source.commit l where merged_at is not null and not keyed and title like 'Step %'"))
                .isEqualTo(COMMITS - COMMITS / 10);
    }

    @Test
    void what_was_rewritten_at_the_origin_is_kept_and_the_mirror_is_restored_whole() throws IOException {
        var before = java.util.Objects.requireNonNull(origin.getRepository().resolve("main"));
        point("main", commit(ObjectId.zeroId(), "Another beginning"));
        fetchAgain();

        try (var git = Git.open(mirrors.place(repository.id()).toFile())) {
            assertThat(git.getRepository().resolve("refs/heads/main"))
                    .isEqualTo(origin.getRepository().resolve("main"));
            assertThat(git.getRepository().getRefDatabase().getRefsByPrefix(Mirrors.ARCHIVE))
                    .anyMatch(ref -> before.equals(ref.getObjectId()));
        }

        checkAgain();
        assertThat(mirror().sound()).isTrue();
        assertThat(mirror().objects()).isGreaterThan(COMMITS);
        assertThat(checks().getLast().outcome()).isEqualTo(Outcome.SUCCESS);
        point("main", ObjectId.fromString(before.name()));
        fetchAgain();
    }

    @Test
    void a_mirror_that_was_damaged_is_found_and_told() throws IOException, GitAPIException {
        var other = repositories
                .add(
                        new Repositories.Wanted(
                                PRODUCT, "damaged", "git", place.toUri().toString(), ""),
                        ANA)
                .repository();
        work.fetchDue();
        try (var files = Files.walk(mirrors.place(other.id()))) {
            var pack = files.filter(file -> file.toString().endsWith(".pack"))
                    .findFirst()
                    .orElseThrow();
            assertThat(pack.toFile().setWritable(true)).isTrue();
            try (var bytes = new RandomAccessFile(pack.toFile(), "rw")) {
                bytes.seek(bytes.length() / 2);
                bytes.write(new byte[64]);
            }
        }

        work.checkDue();

        assertThat(rows.find(other.id()).orElseThrow().sound()).isFalse();
        assertThat(ledger.eventsOf("repository:" + other.id()))
                .anyMatch(event -> event.action().equals("mirror.check") && event.outcome() == Outcome.ERROR);
    }

    @Test
    void what_may_not_be_read_is_not_fetched() throws IOException {
        var inside = Path.of("target/source-files").toAbsolutePath().resolve("way-out-" + UUID.randomUUID());
        Files.createSymbolicLink(inside, Path.of("").toAbsolutePath());
        var out = repositories
                .add(new Repositories.Wanted(PRODUCT, "out", "git", "file://" + inside, ""), ANA)
                .repository();
        var near = repositories
                .add(new Repositories.Wanted(PRODUCT, "near", "git", "http://127.0.0.1:1/x.git", ""), ANA)
                .repository();

        work.fetchDue();

        assertThat(rows.find(out.id()).orElseThrow().trouble()).contains("leads out of the folder");
        assertThat(rows.find(near.id()).orElseThrow().trouble()).contains("private address");
        Files.delete(inside);
    }

    @Test
    void a_private_repository_is_fetched_with_its_token_which_stands_nowhere() throws Exception {
        var token = "glpat-quiet-otters-" + UUID.randomUUID();
        var kept = repositories
                .add(new Repositories.Wanted(PRODUCT, "private", "git", "https://git.example.com/a.git", ""), ANA)
                .repository();
        repositories.give(kept.id(), "reader", token, ANA);
        assertThat(database.sql("""
                        select coalesce(string_agg(part, ' '), '') from (
                            select row(r.*)::text from source.repository r union all
                            select convert_from(entry, 'UTF8') from ledger.event) as parts(part)
                        """).query(String.class).single()).doesNotContain(token);
        assertThatThrownBy(() -> repositories.give(repository.id(), "reader", token, ANA))
                .hasMessageContaining("https alone");

        var tip = java.util.Objects.requireNonNull(origin.getRepository().resolve("main"));
        Files.createDirectories(place.resolve("info"));
        Files.writeString(place.resolve("info/refs"), tip.name() + "\trefs/heads/main\n");
        try (var host = new PrivateGit(place, "reader", token);
                var other = new PrivateGit(place, "reader", token)) {
            var local = new Mirrors(folder, new GuardedConnections(OutboundDoor.to("localhost")), addresses);
            var copy = at(host.address());

            var found = local.fetch(copy, new MirrorToken(URI.create(host.address()), "reader", token), NOW);

            assertThat(found.heads()).containsEntry("main", tip.name());
            assertThat(host.heard()).doesNotContain(token).contains("/private.git/info/refs");
            assertThatThrownBy(() -> local.fetch(at(host.address()), null, NOW))
                    .isInstanceOf(IOException.class)
                    .satisfies(refused -> assertThat(refused.toString()).doesNotContain(token));
            assertThatThrownBy(() -> local.fetch(
                            at(other.address()), new MirrorToken(URI.create(host.address()), "reader", token), NOW))
                    .as("the token of another host")
                    .isInstanceOf(IOException.class);
            assertThat(other.heard()).doesNotContain("Basic");
        }
    }

    private Repository at(String address) {
        return new Repository(
                UUID.randomUUID(), PRODUCT, "copy", Host.of("git").orElseThrow(), address, "main", true, 0, null, "");
    }

    private MirrorRows.Mirror mirror() {
        return rows.find(repository.id()).orElseThrow();
    }

    private java.util.List<Event> checks() {
        return ledger.eventsOf(repository.object()).stream()
                .filter(event -> event.action().equals("mirror.check"))
                .toList();
    }

    private void fetchAgain() {
        database.sql("update source.mirror set next_at = '2020-01-01' where repository = :id")
                .param("id", repository.id())
                .update();
        work.fetchDue();
    }

    private void checkAgain() {
        database.sql("update source.mirror set checked_at = null where repository = :id")
                .param("id", repository.id())
                .update();
        work.checkDue();
    }

    private long count(String of) {
        return database.sql("select count(*) from " + of + " and l.repository = :id and 'work.' <> ''")
                .param("id", repository.id())
                .query(Long.class)
                .single();
    }

    private ObjectId commit(ObjectId parent, String message) throws IOException {
        try (var inserter = origin.getRepository().newObjectInserter()) {
            var tree = new TreeFormatter();
            tree.append(
                    "file.txt",
                    FileMode.REGULAR_FILE,
                    inserter.insert(Constants.OBJ_BLOB, message.getBytes(StandardCharsets.UTF_8)));
            var commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            if (!parent.equals(ObjectId.zeroId())) {
                commit.setParentId(parent);
            }
            var who = new PersonIdent("Pia", "pia@example.org", Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage(message + "\n");
            var id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private void point(String branch, ObjectId at) throws IOException {
        var update = origin.getRepository().updateRef("refs/heads/" + branch);
        update.setNewObjectId(at);
        update.setForceUpdate(true);
        update.update();
    }
}
