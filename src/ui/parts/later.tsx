import { type ComponentType, useEffect, useState } from "react";
import { Skeleton } from "./EmptyState";

/** A component whose code comes when it is asked for. */
export interface Later<P extends object> {
  component(): ComponentType<P> | undefined;
  /** Once; anew after it failed. */
  fetch(): Promise<void>;
}

export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let component: ComponentType<P> | undefined;
  let loading: Promise<void> | undefined;
  return {
    component: () => component,
    fetch: () => {
      loading ??= load().then(
        (loaded) => {
          component = loaded;
        },
        (error: unknown) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
  };
}

/**
 * Shows the component as soon as its code is there: what React's `lazy` brings, Suspense holds back for 300 ms after its
 * fallback.
 * @throws in rendering, to the nearest boundary, where the code does not come
 */
export function ShowLater<P extends object>({ page, given }: { page: Later<P>; given: P }) {
  const [, setLoaded] = useState(page.component() !== undefined);
  const [failed, setFailed] = useState<{ error: unknown }>();
  useEffect(() => {
    let gone = false;
    // Asked for in any case: it may have come since this was drawn.
    page.fetch().then(
      () => gone || setLoaded(true),
      (error: unknown) => gone || setFailed({ error }),
    );
    return () => {
      gone = true;
    };
  }, [page]);
  if (failed) throw failed.error;
  const Loaded = page.component();
  return Loaded ? <Loaded {...given} /> : <Skeleton lines={8} />;
}
