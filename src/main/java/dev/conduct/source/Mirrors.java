package dev.conduct.source;

import dev.conduct.database.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportHttp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Copies of repositories in the data folder, bare, fetched through the one door for requests to elsewhere.
/// Nothing that was fetched once is lost: a branch that was deleted stays, and where one was rewritten its former
/// end is kept under `refs/archive`.
@Component
class Mirrors {

    static final String ARCHIVE = "refs/archive/";

    private static final int SILENCE_SECONDS = 60;

    private final DataFolder folder;
    private final GuardedConnections connections;
    private final MirrorAddress addresses;

    Mirrors(DataFolder folder, GuardedConnections connections, MirrorAddress addresses) {
        this.folder = folder;
        this.connections = connections;
        this.addresses = addresses;
    }

    /// What a fetch found.
    ///
    /// @param mainBranch as the repository itself says, empty when it does not
    /// @param heads where each branch stands now, by name
    record Fetched(String mainBranch, Map<String, String> heads) {}

    /// @param branch it was found on
    record Found(String branch, List<Tale.Commit> commits) {}

    Path place(UUID repository) {
        return folder.mirrors().resolve(repository + ".git");
    }

    /// @param token null for a repository that everybody may read
    /// @throws IOException with a sentence for people, when it cannot be had
    Fetched fetch(Repository repository, @Nullable MirrorToken token, Instant now) throws IOException {
        var address = address(repository);
        try (var git = Git.init()
                .setBare(true)
                .setDirectory(place(repository.id()).toFile())
                .call()) {
            var before = heads(git);
            var result = git.fetch()
                    .setRemote(address.toString())
                    .setRefSpecs(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"))
                    .setTimeout(SILENCE_SECONDS)
                    .setCredentialsProvider(token)
                    .setTransportConfigCallback(transport -> {
                        if (transport instanceof TransportHttp http) {
                            http.setHttpConnectionFactory(connections);
                        }
                    })
                    .call();
            var after = heads(git);
            archive(git, before, after, now);
            var head = result.getAdvertisedRef(Constants.HEAD);
            return new Fetched(named(head), names(after));
        } catch (GitAPIException failed) {
            throw new IOException(said(failed), failed);
        }
    }

    /// A file of this server is read only where its true place is below the folder that may be.
    private URI address(Repository repository) throws IOException {
        var address = URI.create(repository.url());
        if (!addresses.allows(address)) {
            throw new IOException("This address may not be fetched. " + addresses.says());
        }
        if ("file".equals(address.getScheme().toLowerCase(Locale.ROOT))) {
            var real = Path.of(address.getPath()).toRealPath();
            if (!addresses.allows(real.toUri())) {
                throw new IOException("This address leads out of the folder that may be read.");
            }
        }
        return address;
    }

    private static Map<String, Ref> heads(Git git) throws IOException {
        return git.getRepository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                .collect(Collectors.toMap(
                        ref -> ref.getName().substring(Constants.R_HEADS.length()), ref -> ref, (one, other) -> one));
    }

    private static Map<String, String> names(Map<String, Ref> heads) {
        return heads.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        head -> Objects.requireNonNull(head.getValue().getObjectId())
                                .name()));
    }

    private static void archive(Git git, Map<String, Ref> before, Map<String, Ref> after, Instant at)
            throws IOException {
        try (var walk = new RevWalk(git.getRepository())) {
            for (var head : before.entrySet()) {
                var now = after.get(head.getKey());
                var was = Objects.requireNonNull(head.getValue().getObjectId());
                if (now != null
                        && !was.equals(now.getObjectId())
                        && !walk.isMergedInto(walk.parseCommit(was), walk.parseCommit(now.getObjectId()))) {
                    var kept = git.getRepository().updateRef(ARCHIVE + at.getEpochSecond() + "/" + head.getKey());
                    kept.setNewObjectId(was);
                    kept.update();
                }
            }
        }
    }

    /// The commits of each branch that these heads did not know, the main branch first, each commit once, the oldest of
    /// a branch first.
    List<Found> history(UUID repository, String mainBranch, Map<String, String> heads, List<String> known)
            throws IOException {
        var found = new ArrayList<Found>();
        try (var git = Git.open(place(repository).toFile());
                var walk = new RevWalk(git.getRepository())) {
            var read = new ArrayList<>(known.stream().map(ObjectId::fromString).toList());
            for (var branch : ordered(mainBranch, heads)) {
                var head = ObjectId.fromString(String.valueOf(heads.get(branch)));
                walk.reset();
                walk.sort(RevSort.TOPO);
                walk.sort(RevSort.REVERSE, true);
                walk.markStart(walk.parseCommit(head));
                for (var old : read) {
                    if (git.getRepository().getObjectDatabase().has(old)) {
                        walk.markUninteresting(walk.parseCommit(old));
                    }
                }
                var commits = new ArrayList<Tale.Commit>();
                walk.forEach(commit -> commits.add(commit(commit)));
                found.add(new Found(branch, commits));
                read.add(head);
            }
        }
        return found;
    }

    private static List<String> ordered(String mainBranch, Map<String, String> heads) {
        var names = new ArrayList<>(heads.keySet().stream().sorted().toList());
        if (names.remove(mainBranch)) {
            names.addFirst(mainBranch);
        }
        return names;
    }

    private static Tale.Commit commit(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new Tale.Commit(
                commit.name(),
                commit.getFullMessage().replace("\0", ""),
                Json.line(author == null ? "" : author.getName()),
                author == null ? "" : Json.line(author.getEmailAddress()),
                Math.max(1, commit.getParentCount()),
                Instant.ofEpochSecond(commit.getCommitTime()));
    }

    private static String named(@Nullable Ref head) {
        var target = head == null || !head.isSymbolic() ? "" : head.getTarget().getName();
        return target.startsWith(Constants.R_HEADS) ? target.substring(Constants.R_HEADS.length()) : "";
    }

    private static String said(GitAPIException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Json.line(String.valueOf(cause.getMessage()));
    }
}
