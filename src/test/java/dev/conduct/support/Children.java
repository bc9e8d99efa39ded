package dev.conduct.support;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/// How the processes begin that tests start: most of what such a start costs is loading classes. A run of the whole
/// suite packs the classes once and lets the JVM write down what a start needs, as the launcher does (JEP 514), which
/// takes a third off each of some eighty starts. Elsewhere they begin from the folders of classes.
final class Children {

    private static final Path HOME = Path.of("target/children");
    private static final long TRAINED_IN_SECONDS = 120;
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /// As the processes that run tests (src/test/jit).
    private static final List<String> ARITHMETIC = List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompilerDirectivesFile="
                    + Path.of("src/test/jit/arithmetic.json").toAbsolutePath(),
            "-XX:+DisplayVMOutputToStderr");
    private static final List<String> COMMAND = Boolean.getBoolean("test.children.cached") ? cached() : plain();

    private Children() {}

    /// The program, its options and arguments.
    ///
    /// @param stretches it makes a key of a passphrase, which without the optimising compiler takes five seconds; a
    ///     start takes a second more with it
    static List<String> command(List<String> arguments, boolean stretches) {
        var command = new ArrayList<>(COMMAND);
        command.addAll(1, stretches ? ARITHMETIC : List.of(QUICK));
        command.addAll(arguments);
        return command;
    }

    private static List<String> plain() {
        return java(List.of(), System.getProperty("java.class.path"));
    }

    /// One of the processes that run tests prepares it, the others wait for that.
    private static List<String> cached() {
        try {
            Files.createDirectories(HOME);
            try (var channel = FileChannel.open(
                            HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                var newest = newest();
                var home = HOME.resolve(String.valueOf(newest.toMillis()));
                var path = packed(home);
                var cache = home.resolve("start.aot");
                if (!Files.exists(home.resolve("tried"))) {
                    train(path, cache, home);
                    Files.createFile(home.resolve("tried"));
                }
                return lock.isValid() && Files.exists(cache)
                        ? java(
                                List.of(
                                        "-XX:AOTCache=" + cache.toAbsolutePath(),
                                        "-Xlog:disable",
                                        "-Xlog:all=error:stderr"),
                                path)
                        : plain();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> java(List<String> more, String classPath) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(more);
        command.addAll(List.of("-cp", classPath, "dev.conduct.ConductApplication"));
        return List.copyOf(command);
    }

    private static void train(String classPath, Path cache, Path home) throws IOException {
        var data = Files.createTempDirectory("conduct-train-");
        var command = new ArrayList<>(java(List.of(QUICK, "-XX:AOTCacheOutput=" + cache.toAbsolutePath()), classPath));
        command.addAll(List.of("train", "--data", data.toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("train.log").toFile());
        builder.environment().remove("CONDUCT_DB_URL");
        var training = builder.start();
        try {
            if (!training.waitFor(TRAINED_IN_SECONDS, TimeUnit.SECONDS) || training.exitValue() != 0) {
                training.destroyForcibly();
                Files.deleteIfExists(cache);
            }
        } catch (InterruptedException e) {
            training.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// The class path with each folder as a jar: a cache of classes knows no folders.
    private static String packed(Path home) throws IOException {
        Files.createDirectories(home);
        var parts = new ArrayList<String>();
        for (var part : folders(true)) {
            var folder = Path.of(part);
            if (!Files.isDirectory(folder)) {
                parts.add(part);
                continue;
            }
            var jar = home.resolve(folder.getFileName() + ".jar").toAbsolutePath();
            if (!Files.exists(jar)) {
                pack(folder, jar);
            }
            parts.add(jar.toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            for (var file : files.sorted().toList()) {
                var name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (name.isEmpty()) {
                    continue;
                }
                // Folders too: what scans packages looks for them.
                out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (!Files.isDirectory(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
    }

    private static FileTime newest() throws IOException {
        var newest = FileTime.fromMillis(0);
        for (var folder : folders(false)) {
            try (var files = Files.walk(Path.of(folder))) {
                for (var file : files.collect(Collectors.toList())) {
                    var changed = Files.getLastModifiedTime(file);
                    newest = changed.compareTo(newest) > 0 ? changed : newest;
                }
            }
        }
        return newest;
    }

    private static List<String> folders(boolean andJars) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> andJars || Files.isDirectory(Path.of(part)))
                .toList();
    }
}
