package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Abuse case 30 of the security rules: what the launcher fetches is used only when it is what we know.
@EnabledOnOs(OS.LINUX)
class LauncherTest {

    @TempDir
    private Path folder;

    @Test
    void case_30_a_jdk_that_was_tampered_with_is_deleted_and_never_run() throws Exception {
        var launcher = folder.resolve("conduct");
        // On a machine without a JDK: the only change to the launcher is where it looks for one.
        Files.writeString(launcher, Files.readString(Path.of("conduct")).replace("/usr/lib/jvm/*", folder + "/none/*"));
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (var tool : List.of(
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
                "touch")) {
            script(tools.resolve(tool), "exec " + where(tool) + " \"$@\"\n");
        }
        var ran = folder.resolve("ran");
        script(tools.resolve("curl"), """
                while [ "$1" != --output ]; do shift; done
                mkdir -p %1$s/jdk-25/bin
                printf 'JAVA_VERSION="25.0.4"\\n' > %1$s/jdk-25/release
                printf '#!/bin/sh\\ntouch %1$s/ran\\n' > %1$s/jdk-25/bin/java
                cp %1$s/jdk-25/bin/java %1$s/jdk-25/bin/javac
                chmod +x %1$s/jdk-25/bin/java %1$s/jdk-25/bin/javac
                tar -czf "$2" -C %1$s jdk-25
                """.formatted(folder));

        var builder = new ProcessBuilder(where("bash").toString(), launcher.toString(), "serve")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", folder.toString()));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("is not the one we know (SHA-256 differs); it was deleted");
        assertThat(ran).doesNotExist();
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
