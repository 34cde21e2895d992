import type { PhaseData } from "../phase-data.ts";

/** Phases 0 and 1: the machine and the project's configuration. */
export const setUp: readonly PhaseData[] = [
  {
    number: 0,
    name: "Machine & Workspace Bootstrap",
    atoms: [
      [
        "000",
        "detect_host_os_and_shell",
        {
          purpose: "Say which operating system and shell this is, since commands and paths differ by it",
          inputs: ["the machine"],
          outputs: ["operating system", "shell"],
          dependsOn: [],
        },
      ],
      [
        "001",
        "install_python_runtime",
        {
          purpose: "Have a Python that the project supports",
          inputs: ["the versions the project asks for"],
          outputs: ["a Python on this machine"],
          dependsOn: ["000"],
        },
      ],
      [
        "002",
        "install_git_cli",
        {
          purpose: "Have git, in which everything that follows is kept",
          inputs: ["the machine"],
          outputs: ["git on this machine"],
          dependsOn: ["000"],
        },
      ],
      [
        "003",
        "install_powershell_if_applicable",
        {
          purpose: "Have PowerShell where scripts or their tests need it",
          inputs: ["the operating system", "scripts in PowerShell"],
          outputs: ["PowerShell on this machine"],
          dependsOn: ["000"],
          optional: true,
        },
      ],
      [
        "004",
        "install_node_optional_for_vscode",
        {
          purpose: "Have Node for editor extensions and tools that are written in JavaScript",
          inputs: ["the operating system"],
          outputs: ["Node on this machine"],
          dependsOn: ["000"],
          optional: true,
        },
      ],
      [
        "005",
        "install_docker_optional",
        {
          purpose: "Have Docker for tests that run in containers",
          inputs: ["the operating system"],
          outputs: ["Docker on this machine"],
          dependsOn: ["000"],
          optional: true,
        },
      ],
      [
        "006",
        "create_project_directory_structure",
        {
          purpose: "Lay out folders for sources, tests, scripts, editor and CI",
          inputs: ["the project's name and kind"],
          outputs: ["folders of the project"],
          dependsOn: ["000"],
        },
      ],
      [
        "007",
        "initialize_git_repository",
        {
          purpose: "Put the project under version control with a default branch and remotes",
          inputs: ["the project's folder", "git"],
          outputs: ["a repository"],
          dependsOn: ["002", "006"],
        },
      ],
      [
        "008",
        "configure_gitignore_and_attributes",
        {
          purpose: "Keep caches, environments and artifacts out of version control, and line ends the same everywhere",
          inputs: ["the tools in use"],
          outputs: [".gitignore", ".gitattributes"],
          dependsOn: ["007"],
        },
      ],
      [
        "009",
        "create_virtual_environment",
        {
          purpose: "Give the project an environment of its own",
          inputs: ["Python", "the project's folder"],
          outputs: ["a virtual environment"],
          dependsOn: ["001", "006"],
        },
      ],
      [
        "010",
        "choose_dependency_manager",
        {
          purpose: "Decide on one program that installs and locks dependencies",
          inputs: ["the manifests and lockfiles that are there"],
          outputs: ["the choice"],
          dependsOn: ["001"],
        },
      ],
      [
        "011",
        "compile_lockfile_and_sync",
        {
          purpose: "Write down exactly what is installed, and install exactly that",
          inputs: ["declared dependencies", "the environment"],
          outputs: ["a lockfile", "an environment that agrees with it"],
          dependsOn: ["009", "010"],
        },
      ],
      [
        "012",
        "verify_toolchain_versions",
        {
          purpose: "Say which of the tools that the pipeline needs are there, and in which version",
          inputs: ["the environment", "the configuration"],
          outputs: ["versions", "what is missing"],
          dependsOn: ["002", "011"],
        },
      ],
    ],
  },
  {
    number: 1,
    name: "Project Configuration",
    atoms: [
      [
        "013",
        "author_pyproject_toml_core",
        {
          purpose: "Say in one file what the project is and what it depends on",
          inputs: ["the project's name, versions and dependencies"],
          outputs: ["pyproject.toml"],
          dependsOn: ["006"],
        },
      ],
      [
        "014",
        "configure_pytest_plugins_and_markers",
        {
          purpose: "Say which plugins pytest loads and which marks tests may carry",
          inputs: ["kinds of tests"],
          outputs: ["pytest's section of the configuration"],
          dependsOn: ["013"],
        },
      ],
      [
        "015",
        "configure_coverage_thresholds",
        {
          purpose: "Say how much of the code tests have to reach, and in which form it is reported",
          inputs: ["the wanted share"],
          outputs: ["coverage's section of the configuration"],
          dependsOn: ["013"],
        },
      ],
      [
        "016",
        "configure_ruff_black_mypy",
        {
          purpose: "Say how strictly code is linted, formatted and typed, once for all machines",
          inputs: ["the house style"],
          outputs: ["sections of ruff, black and mypy"],
          dependsOn: ["013"],
        },
      ],
      [
        "017",
        "scaffold_test_pyramid_directories",
        {
          purpose: "Have a folder for each kind of test",
          inputs: ["kinds of tests"],
          outputs: ["folders for unit, integration, end-to-end and contract tests"],
          dependsOn: ["006", "014"],
        },
      ],
      [
        "018",
        "add_conftest_shared_fixtures",
        {
          purpose: "Have what many tests need in one place: temporary folders, clients, repositories",
          inputs: ["what tests have in common"],
          outputs: ["conftest.py"],
          dependsOn: ["017"],
        },
      ],
      [
        "019",
        "create_precommit_config",
        {
          purpose: "Have checks run before each commit",
          inputs: ["the tools in use"],
          outputs: ["a hook, or a configuration of pre-commit"],
          dependsOn: ["007", "016"],
        },
      ],
      [
        "020",
        "seed_vscode_settings_tasks_extensions",
        {
          purpose: "Have the editor use the same tools and settings",
          inputs: ["the configuration of the tools"],
          outputs: ["settings, tasks and extensions of the editor"],
          dependsOn: ["016"],
        },
      ],
      [
        "021",
        "create_ci_workflow_skeleton",
        {
          purpose: "Have CI run the same steps as a developer's machine",
          inputs: ["the steps", "the versions to test on"],
          outputs: ["a workflow of CI"],
          dependsOn: ["007", "016"],
        },
      ],
    ],
  },
];
