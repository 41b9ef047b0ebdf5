package io.maeharness.interop.exchange;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the names of one encoder in a file: nothing, or what the program that trained it calls it, such as
 * {@code backbone.} or {@code module.base_encoder.}. It is found by the tensor that every vision transformer has, its
 * projection of patches.
 *
 * @param text the beginning of the names
 */
record NamePrefix(String text) {
    private static final Pattern PATCHES = Pattern.compile(
            "(|.*?\\.)(?:patch_embed\\.proj|(?:vit\\.)?embeddings\\.patch_embeddings\\.projection)\\.weight");

    /** Wrappers of a whole module, which mean nothing; {@link OfficialNames} takes them off. */
    private static final Pattern WRAPPER = Pattern.compile("(?:module\\.|_orig_mod\\.)*");

    /** Of several encoders, those that are meant to be used: of DINO the teacher, of MoCo v3 the one that learns. */
    private static final List<String> PREFERRED = List.of("teacher", "base_encoder");

    /** The prefix of the encoder that is taken; empty where there is none, or several without one to be preferred. */
    static Optional<NamePrefix> of(Collection<String> names) {
        List<String> all = all(names);
        if (all.size() == 1) {
            return Optional.of(new NamePrefix(all.get(0)));
        }
        return all.stream()
                .filter(prefix -> WRAPPER.matcher(prefix).matches())
                .findFirst()
                .or(() -> PREFERRED.stream()
                        .flatMap(word -> all.stream().filter(prefix -> isOf(prefix, word)))
                        .findFirst())
                .map(NamePrefix::new);
    }

    private static boolean isOf(String prefix, String word) {
        return List.of(prefix.split("\\.")).contains(word);
    }

    /** The prefixes of all projections of patches, in the order of the names. */
    static List<String> all(Collection<String> names) {
        return names.stream()
                .map(PATCHES::matcher)
                .filter(Matcher::matches)
                .map(patches -> patches.group(1))
                .distinct()
                .toList();
    }

    /** Whether it is nothing or a wrapper of a whole module, which no user needs to hear of. */
    boolean isPlain() {
        return WRAPPER.matcher(text).matches();
    }

    /** Whether it is what MoCo v3 calls the encoder that learns. */
    boolean isOfMoco() {
        return isOf(text, "base_encoder");
    }
}
