import { Component, type ReactNode } from 'react';

/** A bug in one screen is shown as a bug; the frame and the other screens go on. */
export class Guard extends Component<{ readonly children: ReactNode }, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div className="pad" role="alert">
        <h1>This screen has a bug</h1>
        <p>The case is not touched by it. Please report: {this.state.message}</p>
        <button type="button" className="button" onClick={() => this.setState({ message: null })}>Try again</button>
      </div>
    );
  }
}
