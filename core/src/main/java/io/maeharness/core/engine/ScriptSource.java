package io.maeharness.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A resource with TorchScript: a whole class, or a fragment that adds attributes and methods to one.
 *
 * <p>TorchScript has no inheritance, so what methods share is a class in one file ({@code vit.py}) and what is theirs
 * alone is a fragment, indented as the class's body is.
 *
 * @param anchor the class beside whose package the resource lies
 * @param name path of the resource from there
 */
public record ScriptSource(Class<?> anchor, String name) {
    /** The vision transformer, {@code script/vit.py}: a whole class called {@code Vit}. */
    public static final ScriptSource VIT = core("vit.py");

    /** A script of this module. */
    static ScriptSource core(String file) {
        return new ScriptSource(ScriptSource.class, "/io/maeharness/core/script/" + file);
    }

    /** The fragment that turns parameters into leaves of a graph and adds up their gradients, {@code script/gradients.py}. */
    public static final ScriptSource GRADIENTS = core("gradients.py");

    /** The fragment with the training step of whatever has a loss, {@code script/step.py}. */
    public static final ScriptSource STEP = core("step.py");

    /** The fragment of the masked autoencoder, {@code script/mae.py}. */
    public static ScriptSource mae() {
        return core("mae.py");
    }

    /** The fragment with the loss of a reconstruction target, {@code script/reconstruction/KEY.py}. */
    public static ScriptSource target(String key) {
        return core("reconstruction/" + key + ".py");
    }

    /** The fragment of the classifier and of frozen features, {@code script/classifier.py}. */
    public static ScriptSource classifier() {
        return core("classifier.py");
    }

    /** The text of a class and the fragments spliced into it. */
    static String joined(List<ScriptSource> sources) {
        return sources.stream().map(ScriptSource::text).collect(Collectors.joining("\n"));
    }

    private String text() {
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no script " + name + " beside " + anchor.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script " + name + " cannot be read", e);
        }
    }
}
