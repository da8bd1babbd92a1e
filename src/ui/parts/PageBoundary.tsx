import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { EmptyState } from "./EmptyState";

/** A page that cannot be drawn is one page: the header, the lists and every other page stay. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: string | undefined }> {
  override state: { failed: string | undefined } = { failed: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
  override render() {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return (
      <EmptyState
        title="This page could not be drawn"
        actions={<Button onClick={() => this.setState({ failed: undefined })}>Try again</Button>}
      >
        Nothing was changed, and your notebooks are kept. The reason: {failed.slice(0, 300)}
      </EmptyState>
    );
  }
}
