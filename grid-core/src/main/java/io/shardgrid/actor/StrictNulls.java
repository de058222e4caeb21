package io.shardgrid.actor;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/**
 * Refuses control messages that lack what a record's component says is there: what is not {@code
 * Nullable} may be neither null nor missing, and nor may what collections hold. So a malformed
 * message ends where it is read, not where its null is used. Stateless.
 */
public final class StrictNulls extends SimpleModule {

  private static final long serialVersionUID = 1L;

  /** For the configuration of the engine, which names it. */
  public StrictNulls() {
    super("grid-strict-nulls");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.insertAnnotationIntrospector(new Introspector());
  }

  private static final class Introspector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
      return Version.unknownVersion();
    }

    @Override
    public JsonSetter.@Nullable Value findSetterInfo(Annotated annotated) {
      if (!(annotated instanceof AnnotatedParameter parameter)
          || !(parameter.getOwner().getAnnotated() instanceof Executable maker)
          || !maker.getDeclaringClass().isRecord()) {
        return JsonSetter.Value.empty();
      }
      AnnotatedType type = maker.getAnnotatedParameterTypes()[parameter.getIndex()];
      return JsonSetter.Value.forValueNulls(nulls(type), nulls(contents(type)));
    }

    private static Nulls nulls(AnnotatedElement type) {
      return type.isAnnotationPresent(Nullable.class) ? Nulls.SET : Nulls.FAIL;
    }

    /** The type of what it holds: a list's element, a map's value; itself if it holds nothing. */
    private static AnnotatedType contents(AnnotatedType type) {
      if (type instanceof AnnotatedParameterizedType holder) {
        AnnotatedType[] held = holder.getAnnotatedActualTypeArguments();
        return held[held.length - 1];
      }
      return type instanceof AnnotatedArrayType array
          ? array.getAnnotatedGenericComponentType()
          : type;
    }
  }
}
