package dev.conduct.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.transport.RefSpec;

/// Tries whether a mirror can be restored: clones all of it into an empty folder, compares where every branch and tag
/// stands, and hashes every object that they reach.
final class RestoreCheck {

    private RestoreCheck() {}

    /// @param objects how many were hashed
    /// @param refs how many branches, tags and archived ends
    record Sound(long objects, long refs) {}

    /// @throws IOException with a sentence for people, when it could not be restored
    static Sound of(Path mirror) throws IOException {
        var folder = Files.createTempDirectory("restore");
        try (var copy = Git.init().setBare(true).setDirectory(folder.toFile()).call();
                var original = Git.open(mirror.toFile())) {
            copy.fetch()
                    .setRemote(mirror.toUri().toString())
                    .setRefSpecs(new RefSpec("+refs/*:refs/*"))
                    .call();
            var wanted = refs(original.getRepository());
            if (!wanted.equals(refs(copy.getRepository()))) {
                throw new IOException("The restored copy has other branches or tags than the mirror.");
            }
            return new Sound(hashed(copy.getRepository()), wanted.size());
        } catch (GitAPIException | RuntimeException broken) {
            throw new IOException(
                    "It could not be restored: " + Json.line(String.valueOf(broken.getMessage())), broken);
        } finally {
            delete(folder);
        }
    }

    private static Map<String, ObjectId> refs(Repository repository) throws IOException {
        return repository.getRefDatabase().getRefsByPrefix("refs/").stream()
                .collect(Collectors.toMap(Ref::getName, Ref::getObjectId));
    }

    private static long hashed(Repository repository) throws IOException {
        var count = 0L;
        try (var walk = new ObjectWalk(repository);
                var reader = repository.newObjectReader();
                var hash = new ObjectInserter.Formatter()) {
            for (var ref : repository.getRefDatabase().getRefsByPrefix("refs/")) {
                walk.markStart(walk.parseAny(ref.getObjectId()));
            }
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                hash(reader, hash, commit.getId());
                count++;
            }
            for (var object = walk.nextObject(); object != null; object = walk.nextObject()) {
                hash(reader, hash, object.getId());
                count++;
            }
        }
        return count;
    }

    private static void hash(ObjectReader reader, ObjectInserter.Formatter hash, ObjectId id) throws IOException {
        var object = reader.open(id);
        try (var content = object.openStream()) {
            if (!hash.idFor(object.getType(), object.getSize(), content).equals(id)) {
                throw new IOException("The object " + id.name() + " is not what its name says.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
