package dev.conduct;

import dev.conduct.cli.CommandLine;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Where every command of `./conduct` begins.
@SpringBootApplication
public class ConductApplication {

    public static void main(String... arguments) {
        System.exit(CommandLine.run(arguments));
    }
}
