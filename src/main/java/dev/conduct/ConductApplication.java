package dev.conduct;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts Conduct's server. The command line (`dev.conduct.cli`) decides which command runs.
@SpringBootApplication
public class ConductApplication {

    public static void main(String... arguments) {
        SpringApplication.run(ConductApplication.class, arguments);
    }
}
