package io.maeharness.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** Why a JSON file is not what it should be, in words: the library's own name classes of this program. */
public final class JsonProblem {
    private JsonProblem() {}

    /** What is wrong, and at which key where that is known. */
    public static String inWords(JsonProcessingException problem) {
        if (!(problem instanceof JsonMappingException mapping)) {
            return String.valueOf(problem.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("it is not JSON");
        }
        String where = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        String what = where.isEmpty()
                ? "its keys or values are not those of such a file"
                : "the value of '" + where + "' is missing or does not fit";
        return mapping.getCause() instanceof IllegalArgumentException reason ? what + ": " + reason.getMessage() : what;
    }
}
