package dev.conduct.importer;

/// One record cannot be taken; the sentence says why. Never leaves the module.
class BrokenRecord extends RuntimeException {

    BrokenRecord(String says) {
        super(says);
    }

    String says() {
        return String.valueOf(getMessage());
    }
}
