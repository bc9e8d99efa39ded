package dev.conduct.source;

import dev.conduct.work.CodeHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// History as the mirrors in the data folder have it. A mirror that cannot be read knows nothing; its own check
/// says so.
@Component
class MirroredHistory implements CodeHistory {

    private static final Logger log = LoggerFactory.getLogger(MirroredHistory.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");
    private static final int FILES = 3_000;
    private static final int LISTED = 100_000;
    private static final int RENAMES = 400;
    private static final int SEARCHED = 20_000;
    private static final int SEARCHED_BYTES = 200_000;
    private static final int TEXT = 2_000_000;

    private final JdbcClient database;
    private final Mirrors mirrors;

    MirroredHistory(JdbcClient database, Mirrors mirrors) {
        this.database = database;
        this.mirrors = mirrors;
    }

    private record Mirrored(UUID repository, String mainBranch) {}

    /// A mirror that has the commit.
    private interface Reading<T> {
        Optional<T> read(Git git, RevWalk walk, RevCommit commit, Mirrored mirror) throws IOException;
    }

    @Override
    public boolean knows(String product) {
        return !mirrored(product).isEmpty();
    }

    private List<Mirrored> mirrored(String product) {
        return database.sql("""
                        select r.id, r.main_branch
                          from source.repository r join source.mirror m on m.repository = r.id
                         where r.product = :product and m.fetched_at is not null
                         order by r.id
                        """)
                .param("product", product)
                .query((row, number) -> new Mirrored(row.getObject("id", UUID.class), row.getString("main_branch")))
                .list();
    }

    private <T> Optional<T> in(String product, String commit, Reading<T> reading) {
        var wanted = commit.toLowerCase(Locale.ROOT);
        if (!HASH.matcher(wanted).matches()) {
            return Optional.empty();
        }
        for (var mirror : mirrored(product)) {
            var place = mirrors.place(mirror.repository());
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (var git = Git.open(place.toFile());
                    var walk = new RevWalk(git.getRepository())) {
                var found = find(walk, wanted);
                if (found != null) {
                    return reading.read(git, walk, found, mirror);
                }
            } catch (IOException | RuntimeException broken) {
                log.warn("The mirror {} could not be read: {}", mirror.repository(), broken.toString());
            }
        }
        return Optional.empty();
    }

    private static @Nullable RevCommit find(RevWalk walk, String wanted) throws IOException {
        var known = new ArrayList<RevCommit>();
        for (var id : walk.getObjectReader().resolve(AbbreviatedObjectId.fromString(wanted))) {
            // A whole hash is given back whether it is there or not.
            if (walk.getObjectReader().has(id) && walk.parseAny(id) instanceof RevCommit commit) {
                known.add(commit);
            }
        }
        return known.size() == 1 ? known.getFirst() : null;
    }

    @Override
    public Optional<Changed> changed(String product, String commit, String base) {
        return in(product, commit, (git, walk, found, mirror) -> {
            if (!base.isEmpty()) {
                var named = HASH.matcher(base).matches() ? find(walk, base) : null;
                return named == null
                        ? Optional.empty()
                        : Optional.of(diff(git, walk, found, named, "commit " + shown(named)));
            }
            var own = base(git, walk, found, mirror);
            return Optional.of(diff(git, walk, found, own.commit(), own.says()));
        });
    }

    private record Base(@Nullable RevCommit commit, String says) {}

    private Base base(Git git, RevWalk walk, RevCommit commit, Mirrored mirror) throws IOException {
        var merge = mergeOf(walk, commit, mirror.repository());
        if (merge != null && merge.getParentCount() > 1) {
            var target = walk.parseCommit(merge.getParent(0));
            var left = mergeBase(git, commit, target);
            return new Base(left, "where it left " + named(mirror));
        }
        var head = git.getRepository().resolve(Constants.R_HEADS + mirror.mainBranch());
        if (head != null && !walk.isMergedInto(commit, walk.parseCommit(head))) {
            return new Base(mergeBase(git, commit, walk.parseCommit(head)), "where it left " + named(mirror));
        }
        return commit.getParentCount() == 0
                ? new Base(null, "nothing: it is the first")
                : new Base(walk.parseCommit(commit.getParent(0)), "the commit before it");
    }

    private static String named(Mirrored mirror) {
        return mirror.mainBranch().isEmpty() ? "the main branch" : mirror.mainBranch();
    }

    /// By which a merge request with this head was merged, null when it was not, or by another commit of the same.
    private @Nullable RevCommit mergeOf(RevWalk walk, RevCommit head, UUID repository) throws IOException {
        var merge = database.sql("""
                        select merge_commit from source.change
                         where repository = :repository and left(head, 7) = left(:head, 7) and head = :head
                           and merge_commit is not null
                         order by merged_at desc limit 1
                        """)
                .param("repository", repository)
                .param("head", head.name())
                .query(String.class)
                .optional();
        return merge.isEmpty() ? null : find(walk, merge.get());
    }

    private static @Nullable RevCommit mergeBase(Git git, RevCommit one, RevCommit other) throws IOException {
        try (var walk = new RevWalk(git.getRepository())) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            return walk.next();
        }
    }

    private static Changed diff(Git git, RevWalk walk, RevCommit commit, @Nullable RevCommit base, String against)
            throws IOException {
        var lines = new TreeMap<String, BitSet>();
        try (var differ = new DiffFormatter(DisabledOutputStream.INSTANCE);
                var reader = git.getRepository().newObjectReader()) {
            differ.setRepository(git.getRepository());
            differ.setBinaryFileThreshold(TEXT);
            differ.setDetectRenames(true);
            differ.getRenameDetector().setRenameLimit(RENAMES);
            var before = base == null ? null : walk.parseCommit(base).getTree();
            var entries = differ.scan(
                    before == null ? new EmptyTreeIterator() : new CanonicalTreeParser(null, reader, before),
                    new CanonicalTreeParser(null, reader, commit.getTree()));
            var name = base == null ? "" : base.name();
            if (entries.size() > FILES) {
                return new Changed(commit.name(), name, against, lines, false);
            }
            for (var entry : entries) {
                if (entry.getChangeType() != DiffEntry.ChangeType.DELETE
                        && (entry.getNewMode().getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE) {
                    lines.put(entry.getNewPath(), lines(differ, entry));
                }
            }
            return new Changed(commit.name(), name, against, lines, true);
        }
    }

    private static BitSet lines(DiffFormatter differ, DiffEntry entry) throws IOException {
        var lines = new BitSet();
        for (var edit : differ.toFileHeader(entry).toEditList()) {
            lines.set(edit.getBeginB() + 1, edit.getEndB() + 1);
        }
        return lines;
    }

    @Override
    public Set<String> files(String product, String commit) {
        return in(product, commit, (git, walk, found, mirror) -> {
                    Set<String> files = new HashSet<>();
                    try (var tree = new TreeWalk(git.getRepository())) {
                        tree.addTree(found.getTree());
                        tree.setRecursive(true);
                        while (tree.next() && files.size() < LISTED) {
                            files.add(tree.getPathString());
                        }
                    }
                    return Optional.of(files);
                })
                .orElse(Set.of());
    }

    @Override
    public List<Text> containing(String product, String word) {
        var found = new ArrayList<Text>();
        for (var mirror : mirrored(product)) {
            var place = mirrors.place(mirror.repository());
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (var git = Git.open(place.toFile());
                    var walk = new RevWalk(git.getRepository());
                    var tree = new TreeWalk(git.getRepository())) {
                var head = git.getRepository().resolve(Constants.R_HEADS + mirror.mainBranch());
                if (head != null) {
                    tree.addTree(walk.parseCommit(head).getTree());
                    tree.setRecursive(true);
                    read(tree, word, found);
                }
            } catch (IOException | RuntimeException broken) {
                log.warn("The mirror {} could not be read: {}", mirror.repository(), broken.toString());
            }
        }
        found.sort(java.util.Comparator.comparing(Text::path));
        return found;
    }

    private static void read(TreeWalk tree, String word, List<Text> found) throws IOException {
        for (var looked = 0; tree.next() && looked < SEARCHED; looked++) {
            if ((tree.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                continue;
            }
            var blob = tree.getObjectReader().open(tree.getObjectId(0), Constants.OBJ_BLOB);
            if (blob.getSize() <= SEARCHED_BYTES) {
                var bytes = blob.getCachedBytes(SEARCHED_BYTES);
                var text = RawText.isBinary(bytes) ? "" : new String(bytes, StandardCharsets.UTF_8);
                if (text.contains(word)) {
                    found.add(new Text(tree.getPathString(), text.replace("\0", "")));
                }
            }
        }
    }

    @Override
    public Optional<Range> between(String product, String after, String until, int most) {
        return in(product, until, (git, walk, found, mirror) -> {
            var from = HASH.matcher(after).matches() ? find(walk, after) : null;
            if (from == null) {
                return Optional.empty();
            }
            var straight = walk.isMergedInto(from, found);
            walk.reset();
            walk.sort(RevSort.COMMIT_TIME_DESC);
            walk.markStart(walk.parseCommit(found));
            walk.markUninteresting(walk.parseCommit(from));
            var commits = new ArrayList<Commit>();
            for (var commit = walk.next(); commit != null && commits.size() <= most; commit = walk.next()) {
                commits.add(told(commit));
            }
            return Optional.of(new Range(
                    List.copyOf(commits.subList(0, Math.min(most, commits.size()))), commits.size() > most, straight));
        });
    }

    private static Commit told(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new Commit(
                commit.name(),
                Json.line(commit.getShortMessage()),
                author == null ? "" : Json.line(author.getName()),
                java.time.Instant.ofEpochSecond(commit.getCommitTime()));
    }

    private static String shown(RevCommit commit) {
        return commit.name().substring(0, 8);
    }
}
