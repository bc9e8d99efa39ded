package dev.conduct.cli;

import picocli.CommandLine.ParameterException;

/// A passphrase as a person gives it: by the environment, or typed and not shown.
final class Passphrase {

    private Passphrase() {}

    /// @param twice when it is a new one
    static String read(picocli.CommandLine command, String variable, String prompt, boolean twice) {
        var set = System.getenv(variable);
        if (set != null && !set.isEmpty()) {
            return set;
        }
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new ParameterException(
                    command, "Nobody is here to be asked for the passphrase. Set " + variable + ".");
        }
        var typed = String.valueOf(console.readPassword(prompt));
        if (twice && !typed.equals(String.valueOf(console.readPassword("Again: ")))) {
            throw new ParameterException(command, "The two differ. Nothing was changed.");
        }
        return typed;
    }
}
