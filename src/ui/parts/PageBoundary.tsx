import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { EmptyState } from "./EmptyState";

/** How Chromium, Firefox, Safari and Vite say that code did not come. */
const NOT_FETCHED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/;

/** A page that cannot be drawn is one page: the header, the lists and every other page stay. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: string | undefined }> {
  override state: { failed: string | undefined } = { failed: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
  override render() {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    const isMissing = NOT_FETCHED.test(failed);
    return (
      <EmptyState
        title={isMissing ? "This page did not come" : "This page could not be drawn"}
        actions={<Button onClick={() => this.setState({ failed: undefined })}>Try again</Button>}
      >
        Nothing was changed, and your notebooks are kept.{" "}
        {isMissing ? "Its code could not be fetched: check the connection." : `The reason: ${failed.slice(0, 300)}`}
      </EmptyState>
    );
  }
}
