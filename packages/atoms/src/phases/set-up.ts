import type { PhaseData } from "../phase-data.ts";

/** Phases 0 and 1: the machine and the project's configuration. */
export const setUp: readonly PhaseData[] = [
  {
    number: 0,
    name: "Machine & Workspace Bootstrap",
    atoms: [
      ["000", "detect_host_os_and_shell"],
      ["001", "install_python_runtime"],
      ["002", "install_git_cli"],
      ["003", "install_powershell_if_applicable", "optional"],
      ["004", "install_node_optional_for_vscode", "optional"],
      ["005", "install_docker_optional", "optional"],
      ["006", "create_project_directory_structure"],
      ["007", "initialize_git_repository"],
      ["008", "configure_gitignore_and_attributes"],
      ["009", "create_virtual_environment"],
      ["010", "choose_dependency_manager"],
      ["011", "compile_lockfile_and_sync"],
      ["012", "verify_toolchain_versions"],
    ],
  },
  {
    number: 1,
    name: "Project Configuration",
    atoms: [
      ["013", "author_pyproject_toml_core"],
      ["014", "configure_pytest_plugins_and_markers"],
      ["015", "configure_coverage_thresholds"],
      ["016", "configure_ruff_black_mypy"],
      ["017", "scaffold_test_pyramid_directories"],
      ["018", "add_conftest_shared_fixtures"],
      ["019", "create_precommit_config"],
      ["020", "seed_vscode_settings_tasks_extensions"],
      ["021", "create_ci_workflow_skeleton"],
    ],
  },
];
