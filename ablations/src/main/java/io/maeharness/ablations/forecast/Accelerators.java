package io.maeharness.ablations.forecast;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.error.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The cards that are known, by the name that a user writes; the resource {@code accelerators.yaml} says where each is from. */
public final class Accelerators {
    private static final String RESOURCE = "accelerators.yaml";

    private final Map<String, Accelerator> byName;

    private Accelerators(Map<String, Accelerator> byName) {
        this.byName = byName;
    }

    /** Reads the resource. */
    public static Accelerators known() {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        try (InputStream resource = Accelerators.class.getResourceAsStream(RESOURCE)) {
            return new Accelerators(
                    mapper.readValue(resource, new TypeReference<LinkedHashMap<String, Accelerator>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE, e);
        }
    }

    /** All of them, in the order of the resource. */
    public Map<String, Accelerator> all() {
        return Collections.unmodifiableMap(byName);
    }

    /** 4090 is a part of rtx4090, and by its letters nearer to v100. */
    private String nearest(String name) {
        return byName.keySet().stream()
                .filter(known -> !name.isBlank() && known.contains(name))
                .findFirst()
                .orElseGet(() -> NearestName.of(name, byName.keySet()));
    }

    /**
     * The card of a name, in capitals or not.
     *
     * @throws InvalidSettingException when there is none, naming the nearest and all
     */
    public Accelerator named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Accelerator found = byName.get(lower);
        if (found == null) {
            throw new InvalidSettingException("no GPU '" + name + "' is known; did you mean " + nearest(lower)
                    + "? Known are " + String.join(", ", byName.keySet()));
        }
        return found;
    }
}
