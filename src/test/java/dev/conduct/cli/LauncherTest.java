package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A JDK is fetched where there is none, once; abuse case 30 of the security rules: what was fetched is used only when
/// it is what we know.
@EnabledOnOs(OS.LINUX)
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "bash",
            "sed",
            "dirname",
            "uname",
            "mkdir",
            "rm",
            "mv",
            "tar",
            "gzip",
            "sha256sum",
            "cut",
            "cat",
            "find",
            "readlink",
            "cp",
            "chmod",
            "touch");

    @TempDir
    private Path folder;

    @Test
    void case_30_a_jdk_that_was_tampered_with_is_deleted_and_never_run() throws Exception {
        var launched = launched(name -> "cp " + jdk() + " " + name, launcher -> launcher);

        assertThat(launched.status()).as(launched.said()).isEqualTo(1);
        assertThat(launched.said()).contains("is not the one we know (SHA-256 differs); it was deleted");
        assertThat(folder.resolve("ran")).doesNotExist();
        nothingIsLeft();
    }

    @Test
    void a_machine_without_a_jdk_fetches_one_once_and_runs_with_it() throws Exception {
        Function<String, String> fetched = name -> "echo \"$@\" >> " + folder + "/asked; cp " + jdk() + " " + name;

        var first = launched(fetched, this::knowingOurs);
        Files.delete(folder.resolve("ran"));
        var second = launched(fetched, this::knowingOurs);

        assertThat(first.said()).contains("Fetching a JDK 25.").doesNotContain("SHA-256");
        assertThat(first.status()).as(first.said()).isZero();
        assertThat(second.status()).as(second.said()).isZero();
        assertThat(second.said()).doesNotContain("Fetching");
        assertThat(folder.resolve("ran")).exists();
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .singleElement()
                .asString()
                .contains("--proto =https", "https://github.com/adoptium/temurin25-binaries/releases/download/jdk-25.");
        nothingIsLeft();
    }

    @Test
    void without_a_network_one_line_says_what_to_do() throws Exception {
        var launched = launched(name -> "exit 6", launcher -> launcher);

        assertThat(launched.status()).isEqualTo(1);
        assertThat(launched.said().lines().toList().getLast())
                .contains("could not fetch one: no answer from github.com", "set JAVA_HOME to it");
        nothingIsLeft();
    }

    private record Launched(int status, String said) {}

    /// Runs the launcher on a machine without a JDK: the only changes to it are where it looks for one, and the sum.
    ///
    /// @param download what `curl` does, given the name of the file it shall write
    private Launched launched(Function<String, String> download, UnaryOperator<String> changed) throws Exception {
        jdkIsPacked();
        var launcher = folder.resolve("conduct");
        Files.writeString(
                launcher,
                changed.apply(Files.readString(Path.of("conduct")).replace("/usr/lib/jvm/*", folder + "/none/*")));
        // A build that stands: what is fetched has something to run.
        var built = Files.createDirectories(folder.resolve(".conduct/application"));
        for (var jar : List.of("conduct.jar", "verify.jar")) {
            Files.writeString(built.resolve(jar), "");
        }
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : TOOLS) {
            script(tools.resolve(tool), "exec " + where(tool) + " \"$@\"\n");
        }
        script(tools.resolve("curl"), """
                asked="$*"
                for part; do if [ "$last" = --output ]; then name="$part"; fi; last="$part"; done
                set -- $asked
                %s
                """.formatted(download.apply("\"$name\"")));
        var builder = new ProcessBuilder(where("bash").toString(), launcher.toString(), "witness", "--help")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", folder.toString()));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes());
        return new Launched(process.waitFor(), said);
    }

    /// Something that looks like a JDK and, when it is run, leaves a trace.
    private void jdkIsPacked() throws IOException, InterruptedException {
        if (Files.exists(jdk())) {
            return;
        }
        var packed = folder.resolve("packed");
        var home = packed.resolve("jdk-25");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.4\"\n");
        for (var program : List.of("java", "javac")) {
            script(home.resolve("bin").resolve(program), "touch " + folder.resolve("ran") + "\n");
        }
        var tar = new ProcessBuilder(
                        where("tar").toString(), "-czf", jdk().toString(), "-C", packed.toString(), "jdk-25")
                .start();
        assertThat(tar.waitFor()).isZero();
    }

    private Path jdk() {
        return folder.resolve("jdk.tar.gz");
    }

    private String knowingOurs(String launcher) {
        try {
            var sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jdk())));
            return launcher.replaceAll("sum=[0-9a-f]{64}", "sum=" + sum);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void nothingIsLeft() throws IOException {
        try (var left = Files.walk(folder.resolve(".conduct"))) {
            assertThat(left.filter(Files::isRegularFile))
                    .noneMatch(file -> file.toString().endsWith(".gz"));
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\nset -e\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path where(String tool) {
        return java.util.stream.Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
